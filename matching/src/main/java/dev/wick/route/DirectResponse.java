package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** Answers by itself. */
public final class DirectResponse implements Decision {

    private final int status;
    private final byte[] body;
    private final @Nullable Redirect toItself;

    /**
     * @param status 200-599
     */
    public DirectResponse(int status, byte[] body) {
        this.status = status;
        this.body = body.clone();
        boolean located = status == 201 || status / 100 == 3;
        this.toItself =
                located
                        ? new Redirect(status, null, null, 0, null, PathRewrite.none(), false)
                        : null;
    }

    /** 200-599. */
    public int status() {
        return status;
    }

    /** The whole body, shared by all requests: not to be written to. */
    public byte[] body() {
        return body;
    }

    /**
     * The value of {@code location}, or null for none: as Envoy does, 201 and 3xx get the request's
     * own address.
     */
    public @Nullable String location(RequestHead head) {
        return toItself == null ? null : toItself.location(head);
    }

    @Override
    public void take(Actions actions) {
        actions.respond(this);
    }

    @Override
    public String describe() {
        return "direct response " + status;
    }
}
