"""Writes the fitted parameters as Swift."""

from pathlib import Path

NAMES = {"fire_smoke": "fireSmoke", "garbage": "garbage", "road_damage": "roadDamage", "water": "water"}


def write(path: Path, version: str, scaling, heads: dict) -> None:
    """One file: `TileModel.fitted`."""
    lines = ["internal import InspectionModel", "",
             "// Written by Training/train.py: see Training/README.md. Do not edit.", "", "extension TileModel {",
             "  /// The parameters of the model card.", "  package static let fitted = TileModel(",
             f'    version: "{version}",',
             "    scaling: Scaling(", *array("      centers: ", scaling.centers, ","),
             *array("      scales: ", scaling.scales, "),"), "    heads: ["]
    lines += [f"      (hazard: .{NAMES[h]}, head: {NAMES[h]})," for h in sorted(NAMES)]
    lines += ["    ],", "    vehicles: vehicleHead,", f"    tilesPerVehicle: {heads['vehicles']['tilesPerVehicle']})", ""]
    for name, head in heads.items():
        lines += swift_head(NAMES.get(name, "vehicleHead"), head)
    path.write_text("\n".join([*lines[:-1], "}", ""]), encoding="utf-8")


def swift_head(name: str, head: dict) -> list:
    """A static property with one head."""
    factors = head.get("pictureFactors", [0, 0, 0])
    assert abs(head["hiddenBiases"]).max() < 2**28 and abs(head["hiddenWeights"]).max() < 2**15
    return [f"  private static let {name} = TileHead(",
            *array("    hiddenWeights: ", head["hiddenWeights"].ravel(), ","),
            *array("    hiddenBiases: ", head["hiddenBiases"], ","),
            *array("    outputWeights: ", head["outputWeights"], ","),
            f"    outputBias: {head['outputBias']},",
            f"    tileCalibration: (factor: {head['tileFactor']}, offset: {head['tileOffset']}),",
            f"    pictureCalibration: (factors: {list(map(int, factors))}, offset: {head.get('pictureOffset', 0)}))", ""]


def array(start: str, values, end: str) -> list:
    """An array literal over as many lines as it takes."""
    indent = " " * (len(start) - len(start.lstrip()) + 2)
    lines, line = [start + "["], indent
    for value in values:
        word = f"{int(value)}, "
        if len(line) + len(word) > 109:
            lines.append(line.rstrip())
            line = indent
        line += word
    return [*lines, line.rstrip(), indent[2:] + "]" + end]
