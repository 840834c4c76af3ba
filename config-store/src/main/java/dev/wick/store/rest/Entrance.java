package dev.wick.store.rest;

import dev.wick.store.access.Permission;
import dev.wick.store.access.Token;
import dev.wick.store.admit.GatewayName;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Asks of every call, once its method is known, whether the caller may, and whether its gateway is
 * one of users.
 */
final class Entrance {

    @ServerRequestFilter
    @Nullable Response check(
            ContainerRequestContext request, ResourceInfo resource, RoutingContext context) {
        UriInfo uri = request.getUriInfo();
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        Token token = Guard.of(context);
        if (token == null) {
            // The guard lets nobody through without one but to public paths, and those need
            // nothing.
            return needs == null ? null : Problems.of(401, "Authorization: missing").build();
        }
        boolean dryRun = "true".equals(uri.getQueryParameters().getFirst("dryRun"));
        Permission permission =
                needs == null
                        ? null
                        : needs.dryRunReads() && dryRun ? Permission.READ : needs.value();
        if (permission == null) {
            return Problems.of(403, "this is open to nobody").build();
        }
        if (!permission.heldBy(token.role())) {
            return Problems.of(
                            403,
                            "role: "
                                    + token.role().spelling()
                                    + " (expected: one that may "
                                    + permission.spelling()
                                    + ")")
                    .build();
        }
        Parameters.check(resource.getResourceMethod(), uri.getQueryParameters());
        String gateway = uri.getPathParameters().getFirst("gateway");
        if (gateway != null && !GatewayName.isValid(gateway)) {
            throw Problems.parameter("gateway", gateway, GatewayName.EXPECTED);
        }
        return null;
    }
}
