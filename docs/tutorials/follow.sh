#!/usr/bin/env bash
# Follows the tutorials from an empty folder with the packed tool: docs/tutorials/follow.sh TOOL_FOLDER [NAME]
# TOOL_FOLDER holds nonsmooth, and beside it lies the feed of packages, as packages/check.sh FOLDER leaves them in FOLDER/tool and FOLDER/feed.
# Blocks of the pages themselves are run, in their order, and the output that the pages show is looked for; one line says how long each took.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
[ $# -ge 1 ] && [ -x "$1/nonsmooth" ] && [ -d "$1/../feed" ] || { echo "usage: follow.sh TOOL_FOLDER [NAME]: nonsmooth is in TOOL_FOLDER and packages in TOOL_FOLDER/../feed" >&2; exit 2; }
[ $# -lt 2 ] || [ -f "$root/docs/tutorials/$2.md" ] || { echo "follow.sh: there is no tutorial '$2': $(cd "$root/docs/tutorials" && ls ./*.md | sed 's/.*\///; s/\.md//' | grep -v README | tr '\n' ' ')" >&2; exit 2; }
tests=$root/tests/Nonsmooth.Docs.Tests
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build "$tests" -c Release -v q -nologo -clp:NoSummary
NONSMOOTH_TOOL=$(cd "$1" && pwd) NONSMOOTH_TUTORIAL=${2:-} \
  "$tests/bin/Release/net10.0/linux-x64/Nonsmooth.Docs.Tests" -noColor -method "*ATutorialCanBeFollowed" -showLiveOutput -parallel none
