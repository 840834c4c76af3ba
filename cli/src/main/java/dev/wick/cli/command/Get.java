package dev.wick.cli.command;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Answer;
import dev.wick.cli.store.StoreClient;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code wick get [KIND [NAME]]}: names of many, the whole of one, unless {@code -o} says else. */
public final class Get {

    private Get() {}

    public static int run(List<String> arguments) {
        Set<String> valued = new HashSet<>(StoreClient.OPTIONS);
        valued.add("-o");
        Arguments given = Arguments.parse(arguments, valued, Set.of());
        List<String> words = given.words();
        if (words.size() > 2) {
            throw new UsageException("usage: wick get [KIND [NAME]] [-o yaml|json|name]");
        }
        StoreClient store = StoreClient.of(given);
        if (words.size() == 2) {
            return one(store, words.get(0), words.get(1), format(given, Format.YAML));
        }
        Format format = format(given, Format.NAME);
        List<String> kinds =
                words.isEmpty() ? Kinds.all() : List.of(Kinds.spelled(words.getFirst()));
        return many(store, kinds, format);
    }

    private static Format format(Arguments given, Format otherwise) {
        List<String> named = given.all("-o");
        return named.isEmpty() ? otherwise : Format.of(named.getLast());
    }

    private static int one(StoreClient store, String kind, String name, Format format) {
        String path = "/" + StoreClient.part(Kinds.spelled(kind)) + "/" + StoreClient.part(name);
        Answer answer = store.ask("GET", path);
        if (!answer.isGood()) {
            return Terminal.refused(answer, store);
        }
        format.print(List.of(format.text(answer.body())));
        return 0;
    }

    /** {@code wick export} is this with all kinds. */
    static int many(StoreClient store, List<String> kinds, Format format) {
        List<String> documents = new Documents(store, format::text).all(kinds);
        if (documents == null) {
            return Terminal.REFUSED;
        }
        format.print(documents);
        return 0;
    }
}
