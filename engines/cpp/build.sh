#!/bin/sh
# Builds an engine in C++: sh engines/cpp/build.sh adolc OUT, then nonsmooth check --engine OUT. CXXFLAGS replaces -O1.
set -e
case "$1" in
  adolc) libraries="-ladolc" ;;
  sacado) libraries="-I/usr/include/trilinos -I/usr/lib/x86_64-linux-gnu/openmpi/include -L/usr/lib/x86_64-linux-gnu/openmpi/lib -ltrilinos_sacado -ltrilinos_teuchoscore -ltrilinos_teuchoscomm -lmpi_cxx -lmpi" ;;
  boost|ceres|eigen) libraries="" ;;
  *) echo "usage: build.sh adolc|boost|ceres|eigen|sacado OUT" >&2; exit 2 ;;
esac
version=$(dpkg-query -W -f '${Version}' libadolc-dev 2>/dev/null || echo unknown)
exec g++ -std=c++20 ${CXXFLAGS:--O1} -w -ffp-contract=off -DADOLC_VERSION_TEXT="\"${version%-*}\"" -I/usr/include/eigen3 "$(dirname "$0")/$1.cpp" -o "$2" $libraries
