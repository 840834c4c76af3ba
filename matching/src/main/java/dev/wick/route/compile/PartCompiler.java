package dev.wick.route.compile;

import dev.wick.format.Format;
import dev.wick.model.HeaderMutations;
import dev.wick.route.HeaderChanges;

/** Compiles parts of documents other than virtual hosts, which were admitted. Pure; any thread. */
public final class PartCompiler {

    private PartCompiler() {}

    /** Changes to headers. */
    public static HeaderChanges changes(HeaderMutations mutations) {
        return new ChangeCompiler(new Report("")).compile(mutations, "");
    }

    /** A text with operators; its literals become octets. */
    public static Format format(String text) {
        return Format.of(Octets.of(text));
    }

    /** A text as octets. */
    public static String octets(String text) {
        return Octets.of(text);
    }
}
