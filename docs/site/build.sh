#!/usr/bin/env bash
# Builds the site of docs/ and of the packages' XML comments: docs/site/build.sh [FOLDER], docs/site/bin without one.
# It takes the libraries of a Release build, reaches nothing on the network once docfx is restored, and fails on any warning or broken link.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); root=$(cd "$here/../.." && pwd)
fail() { echo "build.sh: $1" >&2; exit 1; }
site=${1:-$here/bin}; mkdir -p "$site"; site=$(cd "$site" && pwd)
# What is deleted is a site of ours.
[ -z "$(ls -A "$site")" ] || [ -f "$site/api/Nonsmooth.html" ] || fail "'$site' is not empty and holds no site: name a new folder"
stage=$here/obj
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
started=$SECONDS
cd "$root"
for project in src/*/; do
  name=$(basename "$project")
  [ "$name" = Nonsmooth.Cli ] || [ -s "$project/bin/Release/net10.0/$name.xml" ] || fail "$name is not built: dotnet build Nonsmooth.slnx -c Release"
done
dotnet tool restore > /dev/null || fail "docfx was not restored"

# 1. What becomes a page lies under one folder, as in the repository: docfx takes nothing above its configuration.
rm -rf "$stage" "${site:?}"/*; mkdir -p "$stage"
cp "$here"/docfx.json "$here"/index.md "$here"/toc.yml "$here"/logo.svg "$stage"
git ls-files -co --exclude-standard -- '*.md' docs ':!docs/site' ':!tests' ':!packages' | tar cf - -T - | tar xf - -C "$stage"

# 2. A file of the repository that a page links to is a page too.
language() { case "$1" in *.cs) echo csharp ;; *.py) echo python ;; *.js) echo javascript ;; *.json) echo json ;; *.sh) echo bash ;; *) fail "$2 links to $1: of what language is that?" ;; esac; }
while IFS=: read -r page link; do
  file=$(realpath -m --relative-to="$stage" "$stage/$(dirname "$page")/$link")
  [ -f "$file" ] || fail "$page links to $link, which is not in the repository"
  [ -f "$stage/$file.md" ] || { mkdir -p "$stage/$(dirname "$file")"; printf '# %s\n\n````````%s\n%s\n````````\n' "$(basename "$file")" "$(language "$file" "$page")" "$(cat "$file")" > "$stage/$file.md"; }
  sed -i "s|](${link//./\\.})|]($link.md)|g" "$stage/$page"
done < <(cd "$stage" && grep -rnoE --include='*.md' --exclude-dir=api '\]\([^):# ]+\.(cs|py|js|json|sh)\)' . | sed -E 's/^\.\///; s/:[0-9]+:\]\(/:/; s/\)$//' | sort -u)

# 3. Pages.
dotnet docfx metadata "$here/docfx.json" --output "$stage/api" --logLevel warning --warningsAsErrors > "$stage/docfx.log" || fail "$(head -n 40 "$stage/docfx.log")"
dotnet docfx build "$stage/docfx.json" --output "$site" --logLevel warning --warningsAsErrors > "$stage/docfx.log" || fail "$(head -n 40 "$stage/docfx.log")"
find "$site/public" -name '*.map' -delete
rm -f "$site/manifest.json" "$site/xrefmap.yml"
dotnet run "$here/check.cs" "$site" INNAprop kink Clarke quickstart
echo "site in $site: $(find "$site" -name '*.html' | wc -l) pages, $(du -sm "$site" | cut -f1) MB, $((SECONDS - started)) s"
