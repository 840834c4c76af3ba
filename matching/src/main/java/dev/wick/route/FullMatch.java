package dev.wick.route;

import com.google.re2j.Pattern;

/**
 * A regular expression that must match all of a text.
 *
 * <p>Both are octets, one in each char, as in Envoy, whose RE2 reads Latin-1: {@code .} takes one
 * octet of a character of UTF-8, and an octet that belongs to none.
 */
final class FullMatch {

    private final Pattern pattern;

    FullMatch(Pattern pattern) {
        this.pattern = pattern;
    }

    boolean test(String octets, int from, int to) {
        return pattern.matcher(octets.substring(from, to)).matches();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
