package dev.wick.gateway.live;

import dev.wick.gateway.client.Loop;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request's wait for a name. Ended from any thread; {@code then} runs on its loop; {@link
 * #cancel} belongs to that loop.
 */
public final class Wait implements Runnable {

    private final Loop loop;
    private final Consumer<Held> then;
    private volatile @Nullable Held held;
    private boolean cancelled;

    Wait(Loop loop, Consumer<Held> then) {
        this.loop = loop;
        this.then = then;
    }

    /** The request is gone: {@code then} will not be called. On the loop. */
    public void cancel() {
        cancelled = true;
    }

    void found(Held with) {
        held = with;
    }

    /** What was found is given to the request, in a turn of the loop to come. */
    void end() {
        loop.execute(this);
    }

    @Override
    public void run() {
        Held with = held;
        if (!cancelled && with != null) {
            then.accept(with);
        }
    }
}
