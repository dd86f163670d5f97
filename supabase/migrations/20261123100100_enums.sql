-- The closed sets of the domain. Each is tested equal to its array in packages/domain.
CREATE TYPE public.tier AS ENUM ('FREE', 'BASIC', 'STANDARD', 'TRIAL', 'PREMIUM');
CREATE TYPE public.user_role AS ENUM ('user', 'admin');
CREATE TYPE public.document_type AS ENUM ('pdf', 'docx', 'pptx', 'html', 'txt', 'md');
CREATE TYPE public.document_status AS ENUM ('uploaded', 'processed', 'failed');
CREATE TYPE public.course_status AS ENUM ('draft', 'published', 'archived');
CREATE TYPE public.generation_status AS ENUM (
  'initializing', 'processing_documents', 'analyzing_task', 'generating_structure', 'generating_content',
  'finalizing', 'completed', 'failed', 'cancelled'
);
CREATE TYPE public.lesson_status AS ENUM ('pending', 'completed', 'failed');
CREATE TYPE public.question_kind AS ENUM ('single', 'multiple', 'true_false', 'short');
CREATE TYPE public.metric_event AS ENUM (
  'job_rollback', 'orphaned_job_recovery', 'concurrency_limit_hit', 'worker_timeout', 'rpc_retry_exhausted',
  'duplicate_job_detected'
);
CREATE TYPE public.severity AS ENUM ('info', 'warn', 'error', 'fatal');
CREATE TYPE public.course_language AS ENUM (
  'ru', 'en', 'zh', 'es', 'fr', 'de', 'ja', 'ko', 'ar', 'pt', 'it', 'tr', 'vi', 'th', 'id', 'ms', 'hi', 'bn', 'pl'
);
CREATE TYPE public.course_style AS ENUM (
  'conversational', 'academic', 'storytelling', 'practical', 'motivational', 'visual', 'gamified', 'minimalist',
  'research', 'engaging', 'professional', 'socratic', 'problem_based', 'collaborative', 'technical', 'microlearning',
  'inspirational', 'interactive', 'analytical'
);
CREATE TYPE public.difficulty AS ENUM ('beginner', 'intermediate', 'advanced');
CREATE TYPE public.content_strategy AS ENUM ('auto', 'create_from_scratch', 'expand_and_enhance', 'optimize_existing');
