package dev.wick.store.explain;

import dev.wick.entry.PathRules;
import dev.wick.entry.compile.EntryCompiler;
import dev.wick.http.RequestHead;
import dev.wick.model.Cluster;
import dev.wick.model.DomainName;
import dev.wick.model.Endpoint;
import dev.wick.model.Endpoints;
import dev.wick.model.FilterChain;
import dev.wick.model.HttpOptions;
import dev.wick.model.Listener;
import dev.wick.model.Normalization;
import dev.wick.model.Runtime;
import dev.wick.model.VirtualHost;
import dev.wick.model.wire.Json;
import dev.wick.route.Forward;
import dev.wick.route.Redirect;
import dev.wick.route.Route;
import dev.wick.route.RouteTable;
import dev.wick.route.RuntimeValues;
import dev.wick.route.Step;
import dev.wick.route.Targets;
import dev.wick.route.compile.Compiled;
import dev.wick.route.compile.RouteCompiler;
import dev.wick.store.keep.Stored;
import dev.wick.store.slice.Holding;
import dev.wick.store.slice.HostName;
import dev.wick.store.slice.ListenerSet;
import dev.wick.store.slice.Slice;
import dev.wick.store.slice.Slices;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers with the very look-up and the very route table that instances use. Any thread. */
public final class Explainer {

    /** Those at the begin and at the end are shown. */
    private static final int MOST_STEPS = 200;

    private final Slices slices;

    public Explainer(Slices slices) {
        this.slices = slices;
    }

    public Explanation explain(String gateway, Question question) {
        return new Answering(gateway, question).answer();
    }

    /** One answer. Used by one thread. */
    private final class Answering {

        private final String gateway;
        private final Question question;
        private final List<String> steps = new ArrayList<>();
        private final List<String> clusters = new ArrayList<>();
        private final List<String> endpoints = new ArrayList<>();
        private final RequestHead head;
        private @Nullable String listener;
        private String chain = "";
        private @Nullable String domain;
        private @Nullable String virtualHost;
        private @Nullable Route route;

        Answering(String gateway, Question question) {
            this.gateway = gateway;
            this.question = question;
            this.head = head();
        }

        Explanation answer() {
            ListenerSet set = slices.listeners(gateway);
            Listener accepting = listener(set);
            if (accepting == null) {
                return print(
                        set.epoch(), set.revision(), "no listener: nothing accepts the connection");
            }
            listener = accepting.name();
            FilterChain taking = ChainChoice.of(accepting, question, steps);
            if (taking == null) {
                return print(set.epoch(), set.revision(), "closed: no filter chain takes it");
            }
            chain = taking.name();
            HttpOptions own = taking.http();
            String answered =
                    enter((own == null ? accepting.http() : own).normalization(), accepting.port());
            if (answered != null) {
                return print(set.epoch(), set.revision(), answered);
            }
            String authority = DomainName.normalise(head.authority());
            Slice slice =
                    slices.read(gateway, new HostName(listener, chain, authority), Holding.NONE);
            Slice.Found found = slice.found();
            if (found == null) {
                steps.add("host " + authority + ": no domain matches");
                return print(slice.epoch(), slice.revision(), "404: no virtual host for this host");
            }
            domain = found.domain();
            virtualHost = found.virtualHost().key().name();
            steps.add(
                    "host " + authority + ": domain " + domain + " of VirtualHost/" + virtualHost);
            return print(slice.epoch(), slice.revision(), action(found));
        }

        private Explanation print(String epoch, long revision, String action) {
            Route matched = route;
            return new Explanation(
                    epoch,
                    revision,
                    listener,
                    chain,
                    domain,
                    virtualHost,
                    matched == null ? null : matched.index(),
                    matched == null ? null : matched.name(),
                    action,
                    clusters,
                    endpoints,
                    steps);
        }

        /** Reads path and authority as the listener does; what it answers where it does at once. */
        private @Nullable String enter(Normalization rules, int port) {
            String before = head.path();
            PathRules.Outcome outcome = EntryCompiler.paths(rules).apply(head);
            if (outcome == PathRules.Outcome.REJECTED) {
                steps.add("path " + before + ": refused");
                return "400: the path has no normal form, or an escaped slash";
            }
            if (!head.path().equals(before)) {
                steps.add("path " + before + ": read as " + head.path());
            }
            if (outcome == PathRules.Outcome.REDIRECTED) {
                return "307: redirect to " + head.path();
            }
            String authority = head.authority();
            EntryCompiler.hosts(rules).apply(head, port);
            if (!head.authority().equals(authority)) {
                steps.add("host " + authority + ": read as " + head.authority());
            }
            return null;
        }

        private @Nullable Listener listener(ListenerSet set) {
            String asked = question.listener();
            List<Listener> all = new ArrayList<>();
            for (Stored stored : set.listeners()) {
                if (Json.read(stored.document()) instanceof Listener one) {
                    all.add(one);
                }
            }
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
            for (Listener one : all) {
                if (one.port() == port()) {
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
                                    + port()
                                    + ", which an instance may override");
                    return one;
                }
            }
            steps.add("listener: none has port " + port());
            return null;
        }

        private int port() {
            int port = question.url().getPort();
            return port >= 0 ? port : question.url().getScheme().equals("https") ? 443 : 80;
        }

        private String action(Slice.Found found) {
            VirtualHost host = (VirtualHost) Json.read(found.virtualHost().document());
            Compiled compiled = RouteCompiler.compile(host);
            RouteTable table = compiled.table();
            if (table == null) {
                compiled.problems().forEach(problem -> steps.add(problem.toString()));
                return "503: the virtual host does not compile";
            }
            runtime(table, found);
            List<Step> tried = table.explain(head);
            for (int i = 0; i < tried.size(); i++) {
                if (i < MOST_STEPS / 2 || i >= tried.size() - MOST_STEPS / 2) {
                    steps.add(tried.get(i).toString());
                } else if (i == MOST_STEPS / 2) {
                    steps.add((tried.size() - MOST_STEPS) + " more routes do not match");
                }
            }
            Step last = tried.isEmpty() ? null : tried.getLast();
            Route matched = last == null || !last.matched() ? null : table.route(last.route());
            if (matched == null) {
                return "404: no route of the virtual host matches";
            }
            route = matched;
            if (matched.decision() instanceof Forward forward) {
                forward(table, forward, found, head);
            } else if (matched.decision() instanceof Redirect redirect) {
                steps.add("location: " + redirect.location(head));
            }
            return matched.decision().describe();
        }

        private void runtime(RouteTable table, Slice.Found found) {
            RuntimeValues values = table.runtime();
            for (Stored stored : found.documents()) {
                if (values != null
                        && stored.key().kind().equals("Runtime")
                        && Json.read(stored.document()) instanceof Runtime runtime) {
                    values.set(RouteCompiler.shares(runtime));
                }
            }
        }

        private void forward(
                RouteTable table, Forward forward, Slice.Found found, RequestHead head) {
            Targets targets = forward.targets();
            for (int place = 0; place < targets.size(); place++) {
                int slot = targets.slot(place);
                if (slot >= 0) {
                    cluster(table.clusters()[slot], found.documents());
                } else {
                    named(targets.named(place, head), targets.notFoundStatus());
                }
            }
            String path = head.path();
            String authority = head.authority();
            forward.rewrite(head);
            if (!head.path().equals(path)) {
                steps.add("path " + path + " becomes " + head.path());
            }
            if (!head.authority().equals(authority)) {
                steps.add("host " + authority + " becomes " + head.authority());
            } else if (forward.autoAuthority() != null) {
                steps.add("host " + authority + " becomes the name of the endpoint, if it has one");
            }
        }

        private void cluster(String name, List<Stored> documents) {
            clusters.add(name);
            for (Stored stored : documents) {
                if (stored.key().kind().equals("Cluster")
                        && stored.key().name().equals(name)
                        && Json.read(stored.document()) instanceof Cluster cluster) {
                    endpoints(cluster, documents)
                            .forEach(e -> endpoints.add(e.address() + ":" + e.port()));
                }
            }
        }

        private void named(@Nullable String name, int notFoundStatus) {
            if (name == null) {
                steps.add("the header that names the cluster is missing: " + notFoundStatus);
                return;
            }
            HostName cluster = new HostName("*", HostName.CLUSTERS, name);
            Slice.Found found = slices.read(gateway, cluster, Holding.NONE).found();
            if (found == null) {
                steps.add("cluster " + name + " is not there: " + notFoundStatus);
                return;
            }
            steps.add("cluster " + name + ", as the header says");
            cluster(name, found.documents());
        }

        private static List<Endpoint> endpoints(Cluster cluster, List<Stored> documents) {
            for (Stored stored : documents) {
                if (stored.key().kind().equals("Endpoints")
                        && stored.key().name().equals(cluster.endpointsName())
                        && Json.read(stored.document()) instanceof Endpoints elsewhere) {
                    return elsewhere.endpoints();
                }
            }
            return cluster.endpoints();
        }

        /** Without a user's name. */
        private String authority() {
            String authority = question.url().getRawAuthority();
            return authority.substring(authority.indexOf('@') + 1);
        }

        private RequestHead head() {
            RequestHead made = new RequestHead();
            made.method(question.method());
            made.scheme(question.url().getScheme());
            made.authority(authority());
            String path = question.url().getRawPath();
            String query = question.url().getRawQuery();
            made.path(
                    (path == null || path.isEmpty() ? "/" : path)
                            + (query == null ? "" : "?" + query));
            for (Question.Header header : question.headers()) {
                made.headers().add(header.name().toLowerCase(Locale.ROOT), header.value().strip());
            }
            return made;
        }
    }
}
