package dev.wick.gateway.snapshot;

import dev.wick.entry.ChainTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A listener's filter chains, compiled. Immutable.
 *
 * @param chains how each treats HTTP, by its name
 * @param table which takes a connection; null: there is just one, which takes all
 * @param otherwise the name of the chain that takes what is left; null: none does
 */
public record ChainSettings(
        Map<String, HttpSettings> chains,
        @Nullable ChainTable<String> table,
        @Nullable String otherwise) {

    /** One chain, which takes every connection. */
    public static ChainSettings single(String name, HttpSettings http) {
        return new ChainSettings(Map.of(name, http), null, name);
    }
}
