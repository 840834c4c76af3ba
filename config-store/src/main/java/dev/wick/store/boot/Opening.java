package dev.wick.store.boot;

import dev.wick.store.keep.StoreUnusable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The store that this process opens: by {@link Main} while Quarkus starts beside it, else when it
 * is first asked for.
 */
final class Opening {

    private static final CompletableFuture<Assembly> OPENED = new CompletableFuture<>();

    private static @Nullable Thread opener;

    private Opening() {}

    /** What ends an opening that fails. */
    interface Failure {
        void because(StoreUnusable why);
    }

    /** Begins; once. */
    static synchronized void begin(Settings settings, Failure failure) {
        opener =
                Thread.ofPlatform()
                        .name("wick-open")
                        .start(
                                () -> {
                                    try {
                                        OPENED.complete(Assembly.open(settings));
                                    } catch (StoreUnusable e) {
                                        failure.because(e);
                                        OPENED.completeExceptionally(e);
                                    } catch (RuntimeException e) {
                                        OPENED.completeExceptionally(e);
                                    }
                                });
    }

    /** Waits for it. */
    static Assembly opened(Settings.Environment environment) {
        synchronized (Opening.class) {
            if (opener == null) {
                begin(Settings.read(java.util.List.of(), environment), why -> {});
            }
        }
        return OPENED.join();
    }
}
