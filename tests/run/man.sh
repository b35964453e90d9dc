#!/bin/sh
# The man page names every command and option that help does, and no other; groff has nothing to say of it.
#   sh man.sh GOSEE gosee.1
gosee=$1 page=$2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failed=0

"$gosee" --help >"$dir/help" || exit 1
sed 's/\\-/-/g; s/\\f.//g' "$page" >"$dir/page"
sed -n 's/^  gosee \([a-z]*\) .*/\1/p; /^Options:/q' "$dir/help" | sort -u >"$dir/commands"
sed -n '/^\.SH COMMANDS/,/^\.SH OPTIONS/s/^\.B[A-Z]* *"*gosee \([a-z]*\).*/\1/p' "$dir/page" | grep -v '^$' | sort -u >"$dir/of-page"
diff "$dir/commands" "$dir/of-page" || { echo "docs/gosee.1 is to name the same commands as help: < help, > the page"; failed=1; }
sed -n 's/^  \(-[-a-z]*\).*/\1/p' "$dir/help" | sort -u >"$dir/options"
sed -n '/^\.SH OPTIONS/,/^\.SH EXIT/s/^\.B[A-Z]* *\(-.*\)/\1/p' "$dir/page" | grep -o -- '--*[a-z][a-z]*' | grep -v '^-h$' | sort -u >"$dir/of-page"
diff "$dir/options" "$dir/of-page" || { echo "docs/gosee.1 is to name the same options as help: < help, > the page"; failed=1; }
if command -v groff >/dev/null; then
    groff -man -ww -z "$page" 2>"$dir/err"
    [ ! -s "$dir/err" ] || { cat "$dir/err"; failed=1; }
fi

# Each command's own help shows its options and examples, and none of another's.
"$gosee" help sweep >"$dir/help" || failed=1
grep -q -- '--seeds N' "$dir/help" && grep -q '^Examples:' "$dir/help" && ! grep -q -- '--at' "$dir/help" || { echo "help sweep"; failed=1; }
"$gosee" sweep --help | diff - "$dir/help" || { echo "sweep --help is another"; failed=1; }
exit $failed
