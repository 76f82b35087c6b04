"""What Pillow makes of the files below a folder: `pillow.py FOLDER RESULT`.

Writes a line to RESULT/pictures.tsv for each JPEG, PNG, GIF and WebP of which Pillow decodes every pixel of every frame, and that
has at most 50 million pixels and no side above 30,000: its path below FOLDER, its format, width and height as people see it, and
the name of its thumbnail in RESULT, a PNG that fits into 320x320 pixels: the first frame upright, in sRGB, on white. Of files with
equal contents, the first one counts.
Needs Pillow 9.4 or newer (Debian: python3-pil).
"""

import hashlib
import io
import os
import resource
import sys
import warnings

from PIL import Image, ImageCms, ImageFile, ImageMath, ImageOps, ImageSequence

BOX = 320
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 30_000
MEMORY = 3 << 30
FORMATS = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "GIF": "GIF", "WEBP": "WEBP"}
MODES_OF_PROFILES = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}


def eight_bits(image):
    """Pillow cuts deep grey off at 255 instead of scaling it, and forgets which of it is transparent."""
    if image.mode not in ("I", "I;16", "I;16B", "F"):
        return image
    deep = image.convert("I")
    grey = deep.point(lambda value: value * (1 / 257)).convert("L")
    transparent = image.info.get("transparency")
    if transparent is not None:
        grey.putalpha(ImageMath.eval("convert((deep != transparent) * 255, 'L')", deep=deep, transparent=transparent))
    return grey


def in_srgb(image):
    """With the profile's meaning, if it is a profile for this kind of colours."""
    profile = image.info.get("icc_profile")
    if not profile or MODES_OF_PROFILES.get(profile[16:20].decode("latin-1")) is None:
        return image
    mode = MODES_OF_PROFILES[profile[16:20].decode("latin-1")]
    alpha = None
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        alpha = rgba.getchannel("A")
        image = rgba.convert(mode) if mode != "CMYK" else image
    elif image.mode == "P":
        image = image.convert("RGB")
    if image.mode != mode:
        return image
    try:
        image = ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
            renderingIntent=0, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        pass
    if alpha is not None:
        image = image.convert("RGB")
        image.putalpha(alpha)
    return image


def thumbnail(image):
    upright = ImageOps.exif_transpose(image)
    width, height = upright.size
    small = in_srgb(eight_bits(upright)).convert("RGBA")
    on_white = Image.new("RGBA", small.size, "white")
    on_white.alpha_composite(small)
    scale = min(1, BOX / width, BOX / height)
    size = max(1, int(width * scale + 0.5)), max(1, int(height * scale + 0.5))
    return width, height, on_white.convert("RGB").resize(size, Image.Resampling.BOX)


def decode_whole(content):
    """Format, width, height and thumbnail; None if Pillow does not decode all of it."""
    try:
        image = Image.open(io.BytesIO(content), formats=sorted(set(FORMATS.values())))
        if image.width * image.height > MOST_PIXELS or max(image.size) > LONGEST_SIDE:
            raise ValueError(f"{image.width}x{image.height} pixels are too many")
        image.load()
        result = (FORMATS[image.format], *thumbnail(image.copy() if image.format == "GIF" else image))
        if image.format != "MPO":
            for frame in ImageSequence.Iterator(image):
                frame.load()
        return result
    except Exception as failure:  # whatever it is, Pillow did not decode it
        print(f"{type(failure).__name__}: {failure}", end=" ")
        return None


def main(folder, result):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    seen = set()
    paths = sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)
    with open(os.path.join(result, "pictures.tsv"), "w", encoding="utf-8") as table:
        for path in paths:
            if os.path.islink(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            digest = hashlib.sha256(content).hexdigest()
            starts = content[:2] == b"\xff\xd8", content[:4] == b"\x89PNG", content[:4] == b"GIF8", content[8:12] == b"WEBP"
            if digest in seen or not any(starts):
                continue
            seen.add(digest)
            decoded = decode_whole(content)
            if decoded is None:
                print("not decoded whole:", path)
                continue
            kind, width, height, small = decoded
            name = digest[:16] + ".png"
            small.save(os.path.join(result, name))
            print(os.path.relpath(path, folder), kind, width, height, name, sep="\t", file=table)


main(*sys.argv[1:])
