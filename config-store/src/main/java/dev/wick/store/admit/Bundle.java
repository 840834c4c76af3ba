package dev.wick.store.admit;

import dev.wick.model.Document;
import dev.wick.model.Kind;
import dev.wick.model.Problem;
import dev.wick.model.check.Change;
import dev.wick.model.wire.Parsed;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody wants to be changed, in one revision.
 *
 * @param changes each document once
 * @param problems that were found before any base was looked at; with one of them nothing is
 *     changed
 * @param prune whether every document that it does not name is deleted
 */
public record Bundle(List<Change> changes, List<Problem> problems, boolean prune) {

    public static Bundle of(Parsed parsed, boolean prune) {
        List<Change> changes = new ArrayList<>(parsed.entries().size());
        parsed.entries().forEach(entry -> changes.add(new Change.Put(entry.document())));
        parsed.unsound()
                .forEach(
                        key ->
                                changes.add(
                                        new Change.Unsound(
                                                key.kind(), key.name(), key.document())));
        List<Problem> problems = parsed.problems();
        if (changes.isEmpty() && problems.isEmpty()) {
            problems = List.of(new Problem("bundle", "", "no documents", "at least one"));
        }
        return new Bundle(changes, problems, prune);
    }

    public static Bundle delete(Kind kind, String name) {
        return new Bundle(List.of(new Change.Delete(kind, name)), List.of(), false);
    }

    static Bundle put(List<Document> documents, List<Change.Delete> deletions) {
        List<Change> changes = new ArrayList<>(deletions);
        documents.forEach(document -> changes.add(new Change.Put(document)));
        return new Bundle(changes, List.of(), false);
    }
}
