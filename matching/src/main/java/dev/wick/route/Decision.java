package dev.wick.route;

/** What is to be done with a request. */
public sealed interface Decision permits Forward, Redirect, DirectResponse {

    /** Calls the one of {@code actions} that this asks for. */
    void take(Actions actions);

    /** For people, as {@code forward to cluster hello}. */
    String describe();

    /**
     * Who carries decisions out: a method for each, so that a request on an instance's cold path
     * needs no pattern switch.
     */
    interface Actions {

        void forward(Forward forward);

        void redirect(Redirect redirect);

        void respond(DirectResponse response);
    }
}
