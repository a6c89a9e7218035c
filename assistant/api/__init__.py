"""HTTP for programs: Dateline's own under /api, and OpenAI's chat protocol under /v1."""
