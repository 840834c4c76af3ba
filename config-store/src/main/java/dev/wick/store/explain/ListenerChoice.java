package dev.wick.store.explain;

import dev.wick.model.Listener;
import dev.wick.model.wire.Json;
import dev.wick.store.keep.Stored;
import dev.wick.store.slice.ListenerSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which listener accepts the connection of a question. */
final class ListenerChoice {

    private ListenerChoice() {}

    /**
     * Null: none.
     *
     * @param steps hears why
     */
    static @Nullable Listener of(ListenerSet set, Question question, List<String> steps) {
        List<Listener> all = new ArrayList<>();
        for (Stored stored : set.listeners()) {
            if (Json.read(stored.document()) instanceof Listener one) {
                all.add(one);
            }
        }
        String asked = question.listener();
        if (asked != null) {
            Optional<Listener> there =
                    all.stream().filter(one -> one.name().equals(asked)).findFirst();
            steps.add(
                    "listener "
                            + asked
                            + ": "
                            + (there.isPresent() ? "as asked" : "does not exist"));
            return there.orElse(null);
        }
        int port = question.port();
        for (Listener one : all) {
            if (one.port() == port) {
                steps.add("listener " + one.name() + ": port " + one.port());
                return one;
            }
        }
        for (Listener one : all) {
            if (one.name().equals("http") || all.size() == 1) {
                steps.add(
                        "listener "
                                + one.name()
                                + ": none has port "
                                + port
                                + ", which an instance may override");
                return one;
            }
        }
        steps.add("listener: none has port " + port);
        return null;
    }
}
