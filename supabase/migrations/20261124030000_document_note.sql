-- What of a document was not read although the document was: {"pages": [3, 7], "pictures": 2}; NULL when everything was.
-- Written by the worker; users may read it with the rest of their document.
ALTER TABLE public.course_documents ADD COLUMN unread jsonb;
