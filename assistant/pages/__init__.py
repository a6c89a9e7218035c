"""The page's tabs, one file each: they make its parts, and their callbacks translate, nothing more."""
