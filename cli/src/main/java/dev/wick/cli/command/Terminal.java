package dev.wick.cli.command;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.StoreClient;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Results go to standard output, all else to standard error. */
final class Terminal {

    /** Exit status of what a store refused. */
    static final int REFUSED = 1;

    private Terminal() {}

    @SuppressWarnings("SystemOut")
    static void print(String line) {
        System.out.println(line);
    }

    /** Prints much, in UTF-8 on any machine: that is what is read again. */
    @SuppressWarnings("SystemOut")
    static void print(Consumer<PrintWriter> text) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8); // buffered
        text.accept(out);
        out.flush();
    }

    @SuppressWarnings("SystemOut")
    static void complain(String line) {
        System.err.println(line);
    }

    /** Says why not, and gives the exit status of a refusal. */
    static int refused(Answer answer, StoreClient store) {
        answer.refusal().forEach(Terminal::complain);
        if (answer.status() == 401 || answer.status() == 403) {
            complain(store.tokenHint());
        }
        return REFUSED;
    }
}
