"""The training loop: canvases from processes of their own, Adam with a cosine schedule, averaged weights."""

import multiprocessing
import os
import time
from pathlib import Path

import numpy as np
import tensorflow as tf

from batches import CanvasSource
from network import FloatNetwork

AVERAGE_DECAY = 0.995
GRADIENT_NORM = 10.0
WARM_UP = 60  # steps


def _feed(pictures, seed: int, count: int, queue) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    source = CanvasSource(pictures, seed)
    while True:
        queue.put(source.batch(count))


class BatchFeeder:
    """Batches made by other processes; start it before TensorFlow runs anything, since it forks."""

    def __init__(self, pictures, seed: int, count: int, processes: int = 1):
        context = multiprocessing.get_context("fork")
        self.queue = context.Queue(3)
        self.processes = [context.Process(target=_feed, args=(pictures, seed + i, count, self.queue), daemon=True)
                          for i in range(processes)]
        for process in self.processes:
            process.start()

    def next(self) -> list[np.ndarray]:
        """The next batch, in the order of Canvas."""
        return self.queue.get()

    def stop(self) -> None:
        """End the processes."""
        for process in self.processes:
            process.terminate()


def variable_names(network: FloatNetwork) -> list[str]:
    """Names such as `stem/kernel` of all variables, in the order kernels, gains, biases."""
    return [f"{layer.name}/{kind}" for kind in ("kernel", "gain", "bias") for layer in network.architecture.layers]


def save_weights(path: Path, network: FloatNetwork, values: list[np.ndarray] | None = None) -> None:
    """All variables by name; `values` in their place (averages)."""
    values = values or [variable.numpy() for variable in network.variables_from(0)]
    np.savez(path, **dict(zip(variable_names(network), values)))


def load_weights(path: Path, network: FloatNetwork) -> None:
    """The reverse of save_weights; ValueError unless names and shapes agree."""
    with np.load(path) as file:
        names = variable_names(network)
        if set(file.files) != set(names):
            raise ValueError(f"{path.name}: lacks or adds {', '.join(sorted(set(file.files) ^ set(names))[:5])}")
        for name, variable in zip(names, network.variables_from(0)):
            variable.assign(file[name])


class Trainer:
    """Trains a network; `loss(tensors, *targets)` gives a dictionary of parts."""

    def __init__(self, network: FloatNetwork, loss, frozen: int, trunk_layers: int, rates: tuple[float, float], steps: int):
        """`frozen`: first layers that stay; `trunk_layers` learn with rates[0], those after them with rates[1]."""
        self.network, self.loss, self.frozen, self.steps = network, loss, frozen, steps
        self.variables = network.variables_from(frozen)
        count = len(network.kernels)
        ranks = [i for _ in range(3) for i in range(frozen, count)]
        self.rates = [rates[0] if i < trunk_layers else rates[1] for i in ranks]
        self.first = [tf.Variable(tf.zeros_like(v)) for v in self.variables]
        self.second = [tf.Variable(tf.zeros_like(v)) for v in self.variables]
        self.averages = [tf.Variable(v) for v in self.variables]
        self._step = tf.function(self._run_step)

    def _run_step(self, progress, number, pictures, *targets):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(self.variables)
            parts = self.loss(self.network.tensors(pictures, self.frozen), *targets)
            total = tf.add_n(list(parts.values()))
        gradients = tape.gradient(total, self.variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
        gradients, _ = tf.clip_by_global_norm(gradients, GRADIENT_NORM)
        warm = tf.minimum(1.0, number / WARM_UP)
        pace = warm * 0.5 * (1 + tf.cos(np.pi * progress))
        decay = tf.minimum(AVERAGE_DECAY, (1 + number) / (10 + number))
        unbias = tf.sqrt(1 - 0.999 ** number) / (1 - 0.9 ** number)
        for v, g, m, s, a, rate in zip(self.variables, gradients, self.first, self.second, self.averages, self.rates):
            m.assign(0.9 * m + 0.1 * g)
            s.assign(0.999 * s + 0.001 * g * g)
            v.assign_sub(rate * pace * unbias * m / (tf.sqrt(s) + 1e-7))
            a.assign(decay * a + (1 - decay) * v)
        return parts

    def averaged(self) -> list[np.ndarray]:
        """All variables of the network, trained ones averaged, in the order of save_weights."""
        by_name = {v.ref(): a for v, a in zip(self.variables, self.averages)}
        return [by_name.get(v.ref(), v).numpy() for v in self.network.variables_from(0)]

    def run(self, feeder, path: Path, say=print, every: int = 50, save_every: int = 300) -> None:
        """All steps; averages are saved to `path` now and then and at the end."""
        begin, sums = time.monotonic(), {}
        for number in range(1, self.steps + 1):
            pictures, *targets = feeder.next()
            parts = self._step(tf.constant(number / self.steps, tf.float32), tf.constant(number, tf.float32),
                               tf.constant(pictures), *[tf.constant(t) for t in targets])
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + float(value)
            if number % every == 0:
                told = " ".join(f"{name}={value / every:.3f}" for name, value in sums.items())
                say(f"step {number}/{self.steps} {time.monotonic() - begin:.0f} s {told}")
                sums = {}
            if number % save_every == 0 or number == self.steps:
                save_weights(path, self.network, self.averaged())
