"""Counting vehicles by groups of tiles, exactly as `TileScores.vehicleCount`."""

import numpy as np

from network import logits

SPECK = 3  # groups of fewer tiles are no vehicle


def vehicle_blocks(head: dict, picture, tiles: np.ndarray | None = None) -> list:
    """Sizes of the groups of touching tiles that score at least one half, without specks (`TileScores.vehicleCount`)."""
    if not len(picture.inputs):
        return []
    tiles = logits(head, picture) if tiles is None else tiles
    marked = np.zeros(picture.rows * picture.columns, bool)
    marked[~picture.blank] = ((tiles * head["tileFactor"]) >> 4) + head["tileOffset"] >= 0
    grid, sizes = marked.reshape(picture.rows, picture.columns), []
    for start in zip(*np.nonzero(grid)):
        if not grid[start]:
            continue
        grid[start], queue, size = False, [start], 0
        while queue:
            row, column = queue.pop()
            size += 1
            for y in range(max(0, row - 1), min(picture.rows, row + 2)):
                for x in range(max(0, column - 1), min(picture.columns, column + 2)):
                    if grid[y, x]:
                        grid[y, x] = False
                        queue.append((y, x))
        sizes.append(size)
    return [size for size in sizes if size >= SPECK]


def count(sizes: list, per_vehicle: int) -> int:
    """Vehicles in groups of these sizes: at least one each."""
    return sum(max(1, (2 * size + per_vehicle) // (2 * per_vehicle)) for size in sizes)
