"""The bill of materials as CycloneDX 1.6 JSON: ``python -m tools.sbom [FILE]``."""

from __future__ import annotations

import sys
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from geo.version import VERSION
from tools.licences import VENDOR, Asset, assets, licence_of, rules
from tools.locked import Package, packages


def bill() -> str:
    """Make the bill: what runs the product, and the files of others in it.

    Returns
    -------
    str
        JSON. Packages that only building and testing need are left out; a package lists the SHA-256 of every file that
        may be installed for it.
    """
    made = Bom()
    made.metadata.component = Component(
        name="borderlines", version=VERSION, type=ComponentType.APPLICATION, bom_ref="borderlines"
    )
    told = rules()
    parts = [_package(one, told) for one in packages() if one.use != "building"] + [_asset(one) for one in assets()]
    for part in parts:
        made.components.add(part)
    made.register_dependency(made.metadata.component, parts)
    return str(make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1))


def _package(package: Package, told: dict[str, object]) -> Component:
    licence = licence_of(package, told)
    return Component(
        name=package.name,
        version=package.version,
        purl=(purl := PackageURL("pypi", None, package.name, package.version)),
        bom_ref=purl.to_string(),
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=one) for one in sorted(package.hashes)],
    )


def _asset(asset: Asset) -> Component:
    library = asset.file.partition("/")[0]
    return Component(
        name=asset.file,
        version=asset.version,
        type=ComponentType.FILE,
        purl=PackageURL("npm", None, library, asset.version, subpath=asset.file.partition("/")[2]),
        bom_ref=f"file:{(VENDOR.name)}/{asset.file}",
        licenses=[LicenseFactory().make_from_string(asset.licence.partition(",")[0])],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=asset.sha256)],
    )


if __name__ == "__main__":
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "sbom.json")
    out.write_text(bill(), encoding="utf-8")
    print(f"{out}: {sum(one.use != 'building' for one in packages())} packages, {len(assets())} files of others")
