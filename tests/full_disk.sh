#!/bin/sh
# Builds a copy of the project $1 with the Python $2 on a disk of its own, mounted at $3, that is really full, and then
# with room again (tests/site/test_swap.py). Begun by unshare, which lets it mount.
set -eu
mount -t tmpfs -o size=100m none "$3"
cp -r "$1" "$3/project"
cd "$3/project"
rm -rf docs/briefings
find site -type f -exec sha256sum {} + | sort > "$3/sums"
head -c $((($(df -k . | awk 'END { print $4 }') - 400) * 1024)) /dev/zero > "$3/ballast"
code=0; "$2" -m synoptic site || code=$?
echo "code $code"
ls -A | grep site-
find site -type f -exec sha256sum {} + | sort | cmp - "$3/sums" && echo as before
rm "$3/ballast"
"$2" -m synoptic site
