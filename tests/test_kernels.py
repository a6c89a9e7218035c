"""A linear layer in 8 bits: nearly the numbers of float32, however uneven its inputs are."""

import pytest
import torch
from safetensors.torch import load_file
from torch import nn

from assistant.training.ranges import SHARES, ranges_of, ranges_of_packaged
from index.embedder import RANGES, fastest_dtype, packaged_model
from index.encoder import dense, ready
from index.kernels import fast, from_eight_bits, in_eight_bits
from index.minilm import MiniLM

pytestmark = pytest.mark.skipif(not fast(fastest_dtype()), reason="this processor does not reckon in bfloat16")
UNEVEN = torch.ones(64).index_fill(0, torch.tensor([3]), 100.0)


@pytest.fixture
def layer():
    torch.manual_seed(0)
    return nn.Linear(64, 32).requires_grad_(False)


def given(seed, rows=40):
    return torch.rand(rows, 64, generator=torch.Generator().manual_seed(seed)).mul(2).sub(1) * UNEVEN


def off(found, wanted):
    return float((found - wanted).norm() / wanted.norm())


def test_eight_bits_give_nearly_the_numbers_of_float32_though_one_channel_is_a_hundred_times_as_large(layer):
    x = given(1)
    found = in_eight_bits(layer, "none", 40, UNEVEN)(x.bfloat16()).float()
    assert off(found, layer(x)) < 0.01


def test_the_activation_is_part_of_the_kernel(layer):
    x = given(2)
    found = in_eight_bits(layer, "gelu", 40, UNEVEN)(x.bfloat16()).float()
    assert off(found, nn.functional.gelu(layer(x))) < 0.02


def test_what_is_beyond_the_range_counts_as_its_end_and_never_turns_over(layer):
    kernel, x = in_eight_bits(layer, "none", 40, UNEVEN), torch.zeros(1, 64)
    x[0, 5] = 1.0
    within = kernel(x.bfloat16()).float()
    x[0, 5] = 1000.0
    beyond = kernel(x.bfloat16()).float()
    told = (within - layer.bias).norm()
    assert told <= (beyond - layer.bias).norm() * 1.01
    assert torch.cosine_similarity(beyond - layer.bias, within - layer.bias, dim=1) > 0.9


def test_whole_numbers_go_from_one_layer_to_the_next_and_the_largest_are_cut_off(layer):
    torch.manual_seed(1)
    after, x = nn.Linear(32, 16).requires_grad_(False), given(4)
    between = nn.functional.gelu(layer(x))
    for most, room in ((float(between.max()), 0.03), (3.0, 0.03)):
        whole = in_eight_bits(layer, "gelu", 40, UNEVEN, most)(x.bfloat16())
        assert whole.dtype == torch.uint8
        wanted = after(between.clamp(max=most))
        assert off(from_eight_bits(after, 40, most)(whole).float(), wanted) < room
    assert off(wanted, after(between)) > 0.1, "nothing was cut off"


def test_ranges_are_the_largest_magnitudes_that_went_into_the_layers():
    model = MiniLM(packaged_model())
    long, short = (model.preprocess([text]) for text in ("The ferry is late, the harbour master said.", "Bread"))
    both, one, other = (
        ranges_of(model, lambda given=given: [model(text) for text in given])
        for given in ([long, short], [long], [short])
    )
    assert {name.rpartition(".")[2] for name in both} == {"projection", "up", "down"}
    assert all(torch.equal(both[name], torch.maximum(one[name], other[name])) for name in both)
    assert not any(part._forward_pre_hooks for part in dense(model).values())


def test_the_packaged_model_embeds_in_eight_bits_by_the_ranges_that_are_shipped_and_in_bfloat16_without():
    eight, sixteen = (ready(MiniLM(packaged_model()), torch.bfloat16, known) for known in (load_file(RANGES), None))
    text = eight.preprocess(["The ferry is late, the harbour master said on Monday."])
    with torch.inference_mode():
        one, other, exact = (m(text)["sentence_embedding"].float() for m in (eight, sixteen, MiniLM(packaged_model())))
    near = [float(1 - torch.cosine_similarity(found, exact)) for found in (one, other)]
    assert near[1] < 0.0003 < near[0] < 0.003


def test_the_shipped_ranges_are_of_the_layers_that_the_packaged_model_has():
    model = MiniLM(packaged_model())
    ours = ranges_of(model, lambda: model(model.preprocess(["The ferry is late, said the harbour master."])))
    shipped = load_file(RANGES)
    assert shipped.keys() == ours.keys() and set(ours) < set(dense(model))
    told = {name: most.max().reshape(1) * min(SHARES) if name.endswith("down") else most for name, most in ours.items()}
    assert all(shipped[name].shape == told[name].shape for name in told)
    assert all((told[name] <= 3 * shipped[name].clamp(min=0.5)).all() for name in told), "ranges of another model?"


def test_of_the_numbers_after_gelu_so_many_are_told_apart_that_the_vectors_are_nearest_to_float32():
    texts = ["The ferry is late, the harbour master said.", "Bread was dearer in May than in April, bakers say."]
    found, model = ranges_of_packaged(texts), MiniLM(packaged_model())
    largest = ranges_of(model, lambda: [model(model.preprocess([text])) for text in texts])
    cut = {name: float(most / largest[name].max()) for name, most in found.items() if name.endswith("down")}
    assert len(cut) == 6 and min(cut.values()) < 1, "one outlier would make all steps coarse"
    assert all(torch.equal(found[name], largest[name]) for name in found.keys() - cut.keys())
