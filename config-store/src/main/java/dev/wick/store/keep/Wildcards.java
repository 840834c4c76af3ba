package dev.wick.store.keep;

/**
 * The lengths of wildcards present on one chain, longest first, in characters without the star:
 * {@code *.example.com} is a suffix of 12, {@code www.*} a prefix of 4. The bare {@code *} is not
 * among them. A length may be listed whose last domain is gone, none is missing.
 */
public record Wildcards(int[] suffixes, int[] prefixes) {

    static final Wildcards NONE = new Wildcards(new int[0], new int[0]);
}
