package dev.wick.store.slice;

import dev.wick.model.DomainName;
import dev.wick.store.keep.Wildcards;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tries the domains that could serve a host, in the order of {@link DomainName}, at the cost of the
 * lengths of wildcards present.
 */
public final class LookupOrder {

    private LookupOrder() {}

    /** The first answer that is not null. */
    public static <T> @Nullable T first(
            HostName host, Wildcards wildcards, DomainName.Attempt<T> attempt) {
        return DomainName.find(
                host.host(),
                length -> contains(wildcards.suffixes(), length),
                length -> contains(wildcards.prefixes(), length),
                attempt);
    }

    private static boolean contains(int[] lengths, int length) {
        for (int one : lengths) {
            if (one == length) {
                return true;
            }
        }
        return false;
    }

    /** The lengths of both, each once, longest first. */
    public static Wildcards merged(Wildcards one, Wildcards other) {
        return new Wildcards(
                merged(one.suffixes(), other.suffixes()), merged(one.prefixes(), other.prefixes()));
    }

    private static int[] merged(int[] one, int[] other) {
        int[] ascending =
                IntStream.concat(Arrays.stream(one), Arrays.stream(other))
                        .distinct()
                        .sorted()
                        .toArray();
        return IntStream.range(0, ascending.length)
                .map(i -> ascending[ascending.length - 1 - i])
                .toArray();
    }
}
