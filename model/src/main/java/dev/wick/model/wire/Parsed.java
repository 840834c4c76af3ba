package dev.wick.model.wire;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text says, and everything that is wrong with it.
 *
 * @param entries the sound documents, in the order of the text
 * @param unsound those that have problems and whose kind and name are known: so that what refers to
 *     them is not refused for it
 * @param problems in the order of the text; empty: all documents are sound in themselves, their
 *     rules included
 */
public record Parsed(List<Entry> entries, List<Unsound> unsound, List<Problem> problems) {

    public Parsed {
        entries = List.copyOf(entries);
        unsound = List.copyOf(unsound);
        problems = List.copyOf(problems);
    }

    /**
     * A sound document.
     *
     * @param place where it begins, as {@code routes.yaml:12}
     */
    public record Entry(String place, Document document) {}

    public record Key(Kind kind, String name) {}

    /**
     * A document with problems.
     *
     * @param document what could be read of it, where no element of a list is missing: what it
     *     refers to and claims can be checked; else null
     */
    public record Unsound(Kind kind, String name, @Nullable Document document) {}
}
