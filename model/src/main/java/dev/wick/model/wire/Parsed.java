package dev.wick.model.wire;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Problem;
import java.util.List;

/**
 * What a text says, and everything that is wrong with it.
 *
 * @param entries the sound documents, in the order of the text
 * @param unsound kind and name of those that have problems, as far as they are known: so that what
 *     refers to them is not refused for it
 * @param problems in the order of the text; empty: all documents are sound in themselves, their
 *     rules included
 */
public record Parsed(List<Entry> entries, List<Key> unsound, List<Problem> problems) {

    public Parsed {
        entries = List.copyOf(entries);
        unsound = List.copyOf(unsound);
        problems = List.copyOf(problems);
    }

    /**
     * @param place where it begins, as {@code routes.yaml:12}
     */
    public record Entry(String place, Document document) {}

    public record Key(Kind kind, String name) {}
}
