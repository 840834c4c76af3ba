package dev.wick.store.slice;

import dev.wick.store.keep.Wildcards;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The domains that could serve a host, in Envoy's order: the host itself, then suffix wildcards, longest first, then prefix wildcards, longest first, then
 * {@code *}. A domain with a port matches that port only and goes before the same domain without, which matches any. Wildcards are not bound to labels and
 * stand for at least one character. Pure; costs as many look-ups as there are lengths of wildcards, whatever the number of hosts.
 */
public final class LookupOrder {

    private LookupOrder() {}

    /** The first answer that is not null. {@code lookUp} may be asked for the same domain twice. */
    public static <T> @Nullable T first(
            HostName host, Wildcards wildcards, Function<String, @Nullable T> lookUp) {
        String authority = host.host();
        String name = authority.substring(0, host.nameLength());
        T found = lookUp.apply(authority);
        if (found == null && name.length() < authority.length()) {
            found = lookUp.apply(name);
        }
        for (int i = 0; found == null && i < wildcards.suffixes().length; i++) {
            found = suffix(authority, name, wildcards.suffixes()[i], lookUp);
        }
        for (int i = 0; found == null && i < wildcards.prefixes().length; i++) {
            int length = wildcards.prefixes()[i];
            found = length < name.length() ? lookUp.apply(name.substring(0, length) + '*') : null;
        }
        return found == null ? lookUp.apply("*") : found;
    }

    private static <T> @Nullable T suffix(
            String authority, String name, int length, Function<String, @Nullable T> lookUp) {
        T found = null;
        int portLength = authority.length() - name.length();
        if (portLength > 0 && length > portLength && length < authority.length()) {
            found = lookUp.apply('*' + authority.substring(authority.length() - length));
        }
        if (found == null && length < name.length()) {
            found = lookUp.apply('*' + name.substring(name.length() - length));
        }
        return found;
    }

    /** The lengths of both, each once, longest first. */
    public static Wildcards merged(Wildcards one, Wildcards other) {
        return new Wildcards(
                merged(one.suffixes(), other.suffixes()), merged(one.prefixes(), other.prefixes()));
    }

    private static int[] merged(int[] one, int[] other) {
        int[] ascending =
                IntStream.concat(Arrays.stream(one), Arrays.stream(other)).distinct().sorted().toArray();
        return IntStream.range(0, ascending.length)
                .map(i -> ascending[ascending.length - 1 - i])
                .toArray();
    }
}
