-- A user sees and changes their own rows only. Tables without a policy (settings, webhook_deliveries) are closed.
-- No policy reads its own table, and none reads what a user could have written into their token's metadata.

CREATE POLICY "own profile: read" ON public.user_profiles FOR SELECT TO authenticated
  USING (id = (SELECT auth.uid()));
CREATE POLICY "own profile: change" ON public.user_profiles FOR UPDATE TO authenticated
  USING (id = (SELECT auth.uid())) WITH CHECK (id = (SELECT auth.uid()));

CREATE POLICY "limits of the tiers: read" ON public.tier_policies FOR SELECT TO authenticated USING (true);

CREATE POLICY "own courses: read" ON public.courses FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY "own courses: create" ON public.courses FOR INSERT TO authenticated
  WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY "own courses: change" ON public.courses FOR UPDATE TO authenticated
  USING (user_id = (SELECT auth.uid())) WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY "own courses: delete" ON public.courses FOR DELETE TO authenticated
  USING (user_id = (SELECT auth.uid()));

CREATE POLICY "own documents: read" ON public.course_documents FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY "own documents: add" ON public.course_documents FOR INSERT TO authenticated
  WITH CHECK (user_id = (SELECT auth.uid()));
CREATE POLICY "own documents: delete" ON public.course_documents FOR DELETE TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY "own documents' chunks: read" ON public.document_chunks FOR SELECT TO authenticated
  USING (course_id IN (SELECT id FROM public.courses WHERE user_id = (SELECT auth.uid())));

CREATE POLICY "own generations: read" ON public.generations FOR SELECT TO authenticated
  USING (user_id = (SELECT auth.uid()));
CREATE POLICY "own sections: read" ON public.sections FOR SELECT TO authenticated
  USING (course_id IN (SELECT id FROM public.courses WHERE user_id = (SELECT auth.uid())));
CREATE POLICY "own lessons: read" ON public.lessons FOR SELECT TO authenticated
  USING (course_id IN (SELECT id FROM public.courses WHERE user_id = (SELECT auth.uid())));
CREATE POLICY "own quizzes: read" ON public.quiz_questions FOR SELECT TO authenticated
  USING (EXISTS (
    SELECT FROM public.generations WHERE id = generation_id AND user_id = (SELECT auth.uid())
  ));
CREATE POLICY "own citations: read" ON public.citations FOR SELECT TO authenticated
  USING (EXISTS (
    SELECT FROM public.generations WHERE id = generation_id AND user_id = (SELECT auth.uid())
  ));

CREATE POLICY "metrics: admins read" ON public.system_metrics FOR SELECT TO authenticated
  USING (EXISTS (
    SELECT FROM public.user_profiles WHERE id = (SELECT auth.uid()) AND role = 'admin'
  ));
