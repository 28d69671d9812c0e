"""What cameras and networks do to a picture, the same for every set so that no set is known by its looks."""

import io

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from architecture import FULL_LONGEST


def cropped(random, picture, size, smallest: float):
    """A random part of a picture, stretched to a size (width, height): pixels, planes by name, density (or None).

    Things get about the size that they have in use (FULL_LONGEST), within a factor of 1.5 where the picture has
    enough around them; the part covers at least the share `smallest` of the largest part of the same aspect.
    Densities are scaled so that their sum over the whole picture stays the number of vehicles.
    """
    source = picture.pixels
    angle = random.uniform(-35, 35) if random.random() < 0.12 else 0.0
    aspect = size[0] / size[1] * float(np.exp(random.uniform(-0.25, 0.25)))
    width, height = source.size
    full = (min(width, height * aspect), min(height, width / aspect))
    usual = min(1.0, FULL_LONGEST / max(width, height))  # scale in use
    wanted = size[0] / (usual * np.exp(random.uniform(-0.35, 0.4)))
    share = np.clip(wanted / full[0], np.sqrt(smallest), 1.0)
    w, h = min(width, full[0] * share), min(height, full[1] * share)
    x, y = random.random() * (width - w), random.random() * (height - h)
    box = (x, y, min(width, x + w), min(height, y + h))
    mirror = random.random() < 0.5
    aerial = picture.origin in ("drone-vehicles", "flood-area", "pothole-seg", "woodland", "country") and random.random() < 0.3

    def moved(image, how):
        if angle:
            image = image.rotate(angle, Image.Resampling.NEAREST)
        image = image.resize(size, how, box=box, reducing_gap=2.0 if image.mode != "F" else None)
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirror else image
        return image.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if aerial else image

    sharp = Image.Resampling.BILINEAR if random.random() < 0.7 else Image.Resampling.BOX
    pixels = moved(source, sharp)
    planes = {name: np.asarray(moved(plane, Image.Resampling.BILINEAR)) for name, plane in picture.planes.items()}
    density = None
    if picture.density is not None:
        density = np.asarray(moved(picture.density, Image.Resampling.BOX)) * (w * h / (size[0] * size[1]))
    return pixels, planes, density, w * h / (width * height)


def worn(random, image: Image.Image) -> Image.Image:
    """A picture as another camera would have taken, shrunk and sent it."""
    size = image.size
    if random.random() < 0.4:  # fewer pixels
        share = random.uniform(0.35, 0.95)
        small = tuple(max(16, round(n * share)) for n in size)
        image = image.resize(small, Image.Resampling.BOX).resize(size, Image.Resampling.BILINEAR)
    if random.random() < 0.2:
        image = image.filter(ImageFilter.GaussianBlur(random.uniform(0.4, 1.6)))
    if random.random() < 0.5:
        image = ImageEnhance.Color(image).enhance(random.uniform(0.4, 1.4))
    if random.random() < 0.8:
        image = image.point(_tone_table(random))
    if random.random() < 0.25:
        values = np.asarray(image, np.float32) + random.normal(0, random.uniform(2, 14), (size[1], size[0], 3))
        image = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if random.random() < 0.7:
        image = recompressed(image, int(random.integers(25, 96)), random.random() < 0.7)
    return image


def _tone_table(random) -> list[int]:
    """Brightness, contrast and colour cast as one look-up table for the three channels; some nights among them."""
    levels = np.arange(256) / 255
    gamma = np.exp(random.uniform(-0.35, 0.35))
    gain = random.uniform(0.75, 1.25)
    if random.random() < 0.12:
        gamma, gain = gamma * 1.4, gain * random.uniform(0.35, 0.7)
    lift = random.uniform(-0.06, 0.06)
    casts = np.exp(random.normal(0, 0.06, 3))
    tables = [np.clip((levels ** gamma * gain + lift) * cast, 0, 1) for cast in casts]
    return [int(v) for v in np.rint(np.concatenate(tables) * 255)]


def recompressed(image: Image.Image, quality: int, halves_chroma: bool) -> Image.Image:
    """The picture after a JPEG file of this quality."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, subsampling="4:2:0" if halves_chroma else "4:4:4")
    return Image.open(io.BytesIO(buffer.getvalue())).convert("RGB")
