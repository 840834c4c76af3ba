package dev.wick.store.rest;

import dev.wick.store.access.KeyMissing;
import dev.wick.store.keep.PinExpired;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where an error becomes a response. */
final class Mappers {

    private static final Pattern PAST = Pattern.compile("/?v1/gateways/[^/]+/revisions/.+");
    private static final System.Logger LOG = System.getLogger(Mappers.class.getName());

    @ServerExceptionMapper
    Response refused(WebApplicationException e) {
        Response response = e.getResponse();
        if (response.hasEntity() || response.getStatus() < 400) {
            return response;
        }
        Response.ResponseBuilder problem =
                Problems.of(response.getStatus(), String.valueOf(e.getMessage()));
        response.getHeaders()
                .forEach((name, values) -> values.forEach(v -> problem.header(name, v)));
        return problem.type(Problems.TYPE).build();
    }

    @ServerExceptionMapper
    Response expired(PinExpired e) {
        return Problems.of(503, "snapshot expired, retry").header("Retry-After", "1").build();
    }

    @ServerExceptionMapper
    Response sealed(KeyMissing e, UriInfo uri) {
        int status = whereKeyIsMissing(uri.getPath());
        if (status == 500) {
            LOG.log(System.Logger.Level.ERROR, "a request failed", e);
        }
        return Problems.of(status, String.valueOf(e.getMessage())).build();
    }

    /** What history holds may be under a key that was taken away; what is current may not. */
    static int whereKeyIsMissing(String path) {
        return PAST.matcher(path).matches() ? 410 : 500;
    }

    @ServerExceptionMapper
    Response failed(Throwable e) {
        LOG.log(System.Logger.Level.ERROR, "a request failed", e);
        return Problems.of(500, "this is an error in the store; its log says more").build();
    }
}
