package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.util.List;

/**
 * What must be found about a document without reading it: the domains it claims, and the documents
 * it refers to.
 */
public record Index(List<DomainKey> domains, List<Key> references) {

    public static final Index NOTHING = new Index(List.of(), List.of());
}
