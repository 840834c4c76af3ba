package dev.wick.cli.command;

import dev.wick.cli.store.Answer;
import dev.wick.cli.store.StoreClient;

/** Results go to standard output, all else to standard error. */
final class Terminal {

    /** Exit status of what a store refused. */
    static final int REFUSED = 1;

    private Terminal() {}

    @SuppressWarnings("SystemOut")
    static void print(String line) {
        System.out.println(line);
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
