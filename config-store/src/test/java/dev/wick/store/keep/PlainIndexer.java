package dev.wick.store.keep;

import dev.wick.store.revision.Key;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * For tests: documents are lines, {@code domain LISTENER CHAIN DOMAIN} and {@code refers KIND NAME}
 * among them ({@code -}: unnamed chain).
 */
public record PlainIndexer(int version) implements Indexer {

    public PlainIndexer() {
        this(1);
    }

    @Override
    public Index index(String gateway, Key key, byte[] document) {
        List<DomainKey> domains = new ArrayList<>();
        List<Key> references = new ArrayList<>();
        for (String line : new String(document, StandardCharsets.UTF_8).split("\n")) {
            String[] words = line.split(" ");
            if (words[0].equals("domain")) {
                domains.add(
                        new DomainKey(words[1], words[2].equals("-") ? "" : words[2], words[3]));
            } else if (words[0].equals("refers")) {
                references.add(new Key(words[1], words[2]));
            }
        }
        return new Index(domains, references);
    }
}
