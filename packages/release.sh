#!/usr/bin/env bash
# Makes a release: packages/release.sh [--untagged] FOLDER
# Builds deterministically from a clean checkout whose commit has a tag vX.Y.Z, packs, lets strangers use the packages (check.sh
# --platforms), follows the tutorials with them, builds the site, and leaves packages, symbols and SHA256SUMS in FOLDER/feed, the site in FOLDER/site. --untagged makes the prerelease that an untagged commit is.
# It sends nothing anywhere: dotnet nuget push FOLDER/feed/*.nupkg does.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
untagged=; [ "${1:-}" = --untagged ] && { untagged=yes; shift; }
[ $# -eq 1 ] || { echo "usage: release.sh [--untagged] FOLDER" >&2; exit 2; }
fail() { echo "release.sh: $1" >&2; exit 1; }
[ -z "$(git -C "$root" status --porcelain)" ] || fail "the checkout has changes: commit or stash them"
tag=$(git -C "$root" describe --exact-match --tags --match 'v[0-9]*' HEAD 2>/dev/null) || [ -n "$untagged" ] || fail "this commit has no tag v…: tag it, or give --untagged for a prerelease"
[ -z "$tag" ] || grep -qF "## [${tag#v}]" "$root/CHANGELOG.md" || fail "CHANGELOG.md has no section [${tag#v}]: what is unreleased gets that heading and the day"
git -C "$root" remote get-url origin > /dev/null 2>&1 || echo "release.sh: no remote 'origin': the packages name no repository, and debuggers find no sources" >&2

for project in "$root"/src/*/*.csproj; do
  dotnet build "$project" -c Release -v q -nologo -clp:NoSummary -p:ContinuousIntegrationBuild=true
done
"$root/packages/check.sh" --platforms "$1"
"$root/docs/tutorials/follow.sh" "$1/tool"
"$root/docs/site/build.sh" "$1/site"
version=$(basename "$1"/feed/Nonsmooth.[0-9]*.nupkg .nupkg)
[ -z "$tag" ] || [ "${version#Nonsmooth.}" = "${tag#v}" ] || fail "the tag is $tag and the packages are ${version#Nonsmooth.}"
(cd "$1/feed" && sha256sum -- *.nupkg *.snupkg > SHA256SUMS)
echo "released into $1/feed: $(wc -l < "$1/feed/SHA256SUMS") files of ${version#Nonsmooth.}"
