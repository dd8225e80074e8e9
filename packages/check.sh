#!/usr/bin/env bash
# Packs what a Release build made, and lets strangers use it: consumers of packages/consumers and the tool, in an empty folder.
#   dotnet build Nonsmooth.slnx -c Release && packages/check.sh [--platforms] [FOLDER]
# --platforms also builds a consumer for Windows and macOS, whose libtorch is looked at and cannot be run here.
# FOLDER keeps the packages and all else; without it everything is deleted at the end.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
platforms=; [ "${1:-}" = --platforms ] && { platforms=yes; shift; }
if [ $# -gt 0 ]; then
  mkdir -p "$1"; work=$(cd "$1" && pwd)
  [ -z "$(ls -A "$work")" ] || { echo "check.sh: '$work' is not empty: name a new folder" >&2; exit 2; }
else
  work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
started=$SECONDS
fail() { echo "check.sh: $1" >&2; exit 1; }
size() { du -s --block-size=1 --apparent-size "$@" | awk '{ printf "%.1f MB", $1 / 1e6 }'; }
say() { printf '%-34s %s\n' "$1" "$2"; }

# 1. Packages: each with its symbols, all of one version.
dotnet pack "$root/Nonsmooth.slnx" -c Release --no-build -o "$work/feed" -v q || fail "packing failed: build first, dotnet build Nonsmooth.slnx -c Release"
version=$(basename "$work"/feed/Nonsmooth.[0-9]*.nupkg .nupkg); version=${version#Nonsmooth.}
for project in "$root"/src/*/*.csproj; do
  name=$(basename "$project" .csproj)
  for ending in nupkg snupkg; do
    [ -s "$work/feed/$name.$version.$ending" ] || fail "$name.$version.$ending is missing"
  done
done
say "packages of $version" "$(ls "$work"/feed/*.nupkg | wc -l), packed after $((SECONDS - started)) s"
say "tool package" "$(size "$work/feed/Nonsmooth.Cli.$version.nupkg")"

# 2. An empty folder: ours come from the feed and nowhere else, others from where they are restored already, or from nuget.org.
cp -r "$root/packages/consumers" "$work/consumers"
others=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
cat > "$work/nuget.config" <<XML
<configuration>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  <fallbackPackageFolders><add key="restored" value="$others" /></fallbackPackageFolders>
  <packageSources><clear /><add key="packed" value="$work/feed" /><add key="nuget.org" value="https://api.nuget.org/v3/index.json" /></packageSources>
  <packageSourceMapping>
    <packageSource key="packed"><package pattern="Nonsmooth" /><package pattern="Nonsmooth.*" /></packageSource>
    <packageSource key="nuget.org"><package pattern="*" /></packageSource>
  </packageSourceMapping>
</configuration>
XML
cd "$work/consumers"
grep -v '^#:' "$root/samples/gradient.cs" > sample/Program.cs
grep -v '^#:' "$root/samples/own.cs" > function/Program.cs
dotnet build consumers.slnx -c Release -v q -nologo -clp:NoSummary -p:NonsmoothVersion="$version" || fail "a consumer was not built"
ls "$work/packages" | grep -qi '^nonsmooth' || fail "the consumers did not take the packed packages"

# 3. They run, and hold no more than they need.
consumer() { # NAME, what its output must say
  local out begun answer
  out=$(dirname "$(find "$1/bin" -name "$1.dll")")
  begun=$(date +%s%N)
  answer=$(dotnet "$out/$1.dll" < /dev/null) || fail "consumer $1 failed"
  grep -q -- "$2" <<< "$answer" || fail "consumer $1 did not say '$2': $answer"
  say "consumer $1" "$(size "$out"), $(size -L "$out") with what is linked; answers in $(( ($(date +%s%N) - begun) / 1000000 )) ms"
}
consumer sample "32 bits, libtorch"
consumer function "innaprop: test loss"
consumer onnx "gradient: .* with the same bits"
consumer optimizers "every weight is within"
# TorchSharp's own library asks for a newer C++ library than some systems have.
if grep -qa GLIBCXX_3.4.32 "$(ldconfig -p | awk '/libstdc\+\+\.so\.6 .*x86-64/ { print $NF; exit }')"; then
  consumer modules "steps of INNAprop"
else
  say "consumer modules" "built, NOT RUN: the C++ library here has no GLIBCXX_3.4.32, which TorchSharp needs"
fi
for managed in onnx optimizers; do
  ! grep -qi libtorch "$managed/obj/project.assets.json" || fail "consumer $managed restored libtorch"
  [ -z "$(find "$managed" -iname '*torch*')" ] || fail "consumer $managed holds libtorch"
done
for native in sample function; do
  torch=$(find "$native/bin" -name libtorch_cpu.so)
  [ -L "$torch" ] || fail "consumer $native holds a copy of libtorch, not a link"
  [ -z "$(find "$native/bin" -name 'libtorch_python*' -o -name '*_test.so')" ] || fail "consumer $native holds Python's bindings or test libraries"
done

# 4. The tool.
begun=$SECONDS
dotnet tool install Nonsmooth.Cli --tool-path "$work/tool" --version "$version" --configfile "$work/nuget.config" > "$work/tool.log" || fail "the tool was not installed: $(cat "$work/tool.log")"
say "tool" "$(size "$work/tool") installed in $((SECONDS - begun)) s"
[ -z "$(find "$work/tool" -name 'libtorch_python*' -o -name '*_test.so' -o -name '*.dylib' -o -name 'onnxruntime.dll')" ] || fail "the tool holds Python's bindings, test libraries or another system's"
begun=$(date +%s%N)
"$work/tool/nonsmooth" cost lenet5 --batch 64 > "$work/tool.log" || fail "nonsmooth cost failed: $(cat "$work/tool.log")"
say "nonsmooth cost lenet5 --batch 64" "first answer in $(( ($(date +%s%N) - begun) / 1000000 )) ms"
begun=$SECONDS
"$work/tool/nonsmooth" quickstart --out "$work/quickstart" > "$work/tool.log" || fail "nonsmooth quickstart failed: $(cat "$work/tool.log")"
say "nonsmooth quickstart" "$((SECONDS - begun)) s"

# 5. Other platforms: the names that are looked up are the names that are there.
if [ -n "$platforms" ]; then
  for platform in win-x64:torch_cpu.dll osx-arm64:libtorch_cpu.dylib linux-x64:libtorch_cpu.so; do
    dotnet publish sample -c Release -v q -r "${platform%%:*}" --self-contained false -p:NonsmoothVersion="$version" -o "$work/published/${platform%%:*}" || fail "the sample was not published for ${platform%%:*}"
    [ -f "$work/published/${platform%%:*}/${platform#*:}" ] && [ ! -L "$work/published/${platform%%:*}/${platform#*:}" ] || fail "${platform%%:*} has no ${platform#*:}"
    [ -z "$(find "$work/published/${platform%%:*}" -name 'libtorch_python*')" ] || fail "${platform%%:*} holds Python's bindings"
    say "published for ${platform%%:*}" "$(size "$work/published/${platform%%:*}")"
  done
fi
say "all" "$((SECONDS - started)) s"
