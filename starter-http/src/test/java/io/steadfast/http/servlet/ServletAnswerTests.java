package io.steadfast.http.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.PrintWriter;
import java.io.StringWriter;
import jakarta.servlet.http.HttpServletResponse;

import io.steadfast.http.inbound.Refusal;
import org.junit.jupiter.api.Test;

class ServletAnswerTests {

    @Test
    void whenAHandlerHasAskedForTheWriter_thenTheProblemIsWrittenThere() throws Exception {
        StringWriter text = new StringWriter();
        HttpServletResponse response = mock(HttpServletResponse.class);
        when(response.getOutputStream()).thenThrow(new IllegalStateException("getWriter() has been called"));
        when(response.getWriter()).thenReturn(new PrintWriter(text));

        ServletAnswer.write(Refusal.EXPIRED, true, response);

        verify(response).setStatus(Refusal.EXPIRED.status());
        assertThat(text.toString()).startsWith("{").contains("504");
    }
}
