package dev.wick.gateway.exchange;

import dev.wick.gateway.overload.GradientController;

/**
 * How many requests of a door may run at once.
 *
 * @param exceeded the answer to what is more
 */
record Concurrency(GradientController controller, LocalReply exceeded) {

    static Concurrency of(GradientController controller, int status) {
        return new Concurrency(
                controller,
                new LocalReply(
                        status, "reached concurrency limit", null, "reached_concurrency_limit"));
    }

    /** One exchange among those that run at once. Confined to its loop. */
    static final class Place {

        private final Exchange exchange;
        private boolean taken;
        private boolean telling;

        Place(Exchange exchange) {
            this.exchange = exchange;
        }

        /** Whether there is one; the exchange is answered where not. */
        boolean take() {
            Concurrency concurrency = exchange.door.concurrency;
            if (concurrency == null) {
                return true;
            }
            long now = exchange.startNanos();
            if (!concurrency.controller().admits(exchange.loop.index(), now)) {
                exchange.reply(concurrency.exceeded());
                return false;
            }
            taken = true;
            telling = true;
            return true;
        }

        /** How long it takes tells nothing of hosts. */
        void tellsNothing() {
            telling = false;
        }

        /**
         * The exchange is over.
         *
         * @param answered whether its answer is complete
         */
        void leave(boolean answered) {
            Concurrency concurrency = exchange.door.concurrency;
            if (!taken || concurrency == null) {
                return;
            }
            taken = false;
            if (answered && telling) {
                concurrency
                        .controller()
                        .answered(exchange.loop.index(), exchange.startNanos(), System.nanoTime());
            } else {
                concurrency.controller().abandoned();
            }
        }
    }
}
