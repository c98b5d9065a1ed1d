package io.regulars.platform.http;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Counts the body that an answer to HEAD would have had. Jersey knows the length of short ones
 * only; of others the server would say that they are empty. Asks before a method is looked for,
 * since Jersey makes a GET of the request for that.
 */
@PreMatching
final class HeadAnswers implements ContainerRequestFilter, WriterInterceptor {

    private static final String IS_HEAD = HeadAnswers.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(IS_HEAD, request.getMethod().equals(HttpMethod.HEAD));
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!Boolean.TRUE.equals(context.getProperty(IS_HEAD))) {
            context.proceed();
            return;
        }
        Counting body = new Counting();
        context.setOutputStream(body);
        context.proceed();
        context.getHeaders().putSingle(HttpHeaders.CONTENT_LENGTH, body.bytes);
    }

    private static final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
