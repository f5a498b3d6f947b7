package io.steadfast.dashboard.autoconfigure;

import org.springframework.boot.WebApplicationType;

/** The page on Spring MVC and Tomcat. */
class PageOnServletTests extends PageTests {
    PageOnServletTests() {
        super(WebApplicationType.SERVLET);
    }
}
