package io.qcache; /** E. */ public interface QCache {}
