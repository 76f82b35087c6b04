# Read by the scripts in bin, which have set home. Finds Java, and sets:
#   java          the program
#   major         the first number of its version
#   java_options  what it always needs
#   archive       the file with classes that this Java need not read again; bin/imagehost-prepare makes it
#   jar, main     what to run

fail() {
    echo "imagehost: $*" >&2
    exit 3
}

# The number of a version such as 17.0.15, from Java's own file about itself: asking Java takes as long as the whole command.
java_version() {
    if [ -r "$1" ]; then
        while IFS='="' read -r name _ value _; do
            if [ "$name" = JAVA_VERSION ]; then
                echo "$value"
                return
            fi
        done <"$1"
    fi
    "$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p'
}

if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is '$JAVA_HOME', but there is no bin/java in it"
    version=$(java_version "$JAVA_HOME/release")
else
    java=$(command -v java) || fail 'There is no java: install Java 17 or newer, or set JAVA_HOME'
    installed=$(readlink -f "$java")
    version=$(java_version "${installed%/bin/java}/release")
fi
major=${version%%[!0-9]*}
[ "${major:-0}" -ge 17 ] || fail "Java 17 or newer is needed, but $java is ${version:-of an unknown version}"

jar=$home/lib/imagehost-app-cli.jar
main=io.github.imagehost.cli.Main
archive=$home/lib/imagehost-$version.jsa
# an archive that does not fit is no trouble, and nothing to tell about
java_options='-Xshare:auto -Xlog:disable'
