package dev.wick.gateway.client;

import org.jspecify.annotations.Nullable;

/** The armed deadlines of one duration, in the order in which they expire. Confined to its loop. */
final class DeadlineList {

    final long millis;
    private @Nullable Deadline first;
    private @Nullable Deadline last;

    DeadlineList(long millis) {
        this.millis = millis;
    }

    @Nullable Deadline first() {
        return first;
    }

    void append(Deadline deadline) {
        deadline.list = this;
        deadline.earlier = last;
        if (last == null) {
            first = deadline;
        } else {
            last.later = deadline;
        }
        last = deadline;
    }

    void remove(Deadline deadline) {
        Deadline earlier = deadline.earlier;
        Deadline later = deadline.later;
        if (earlier == null) {
            first = later;
        } else {
            earlier.later = later;
        }
        if (later == null) {
            last = earlier;
        } else {
            later.earlier = earlier;
        }
        deadline.list = null;
        deadline.earlier = null;
        deadline.later = null;
    }
}
