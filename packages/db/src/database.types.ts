export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      admin_actions: {
        Row: {
          action: string;
          actor_id: string | null;
          after: string | null;
          before: string | null;
          created_at: string;
          id: number;
          target: string;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          actor_id?: string | null;
          after?: string | null;
          before?: string | null;
          created_at?: string;
          id?: never;
          target: string;
        };
        Update: {
          action?: string;
          actor_id?: string | null;
          after?: string | null;
          before?: string | null;
          created_at?: string;
          id?: never;
          target?: string;
        };
        Relationships: [];
      };
      chunk_embeddings: {
        Row: {
          chunk_id: string;
          course_id: string;
          model: string;
          vector: number[];
        };
        ComputedFields: never;
        Insert: {
          chunk_id: string;
          course_id: string;
          model: string;
          vector: number[];
        };
        Update: {
          chunk_id?: string;
          course_id?: string;
          model?: string;
          vector?: number[];
        };
        Relationships: [
          {
            foreignKeyName: 'chunk_embeddings_chunk_id_fkey';
            columns: ['chunk_id'];
            isOneToOne: true;
            referencedRelation: 'document_chunks';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chunk_embeddings_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'chunk_embeddings_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      citations: {
        Row: {
          chunk_id: string | null;
          document_id: string | null;
          document_name: string;
          generation_id: string;
          heading_path: string[];
          id: string;
          lesson_id: string;
          page: number | null;
          position: number;
          quote: string;
        };
        ComputedFields: never;
        Insert: {
          chunk_id?: string | null;
          document_id?: string | null;
          document_name: string;
          generation_id: string;
          heading_path?: string[];
          id?: string;
          lesson_id: string;
          page?: number | null;
          position: number;
          quote: string;
        };
        Update: {
          chunk_id?: string | null;
          document_id?: string | null;
          document_name?: string;
          generation_id?: string;
          heading_path?: string[];
          id?: string;
          lesson_id?: string;
          page?: number | null;
          position?: number;
          quote?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'citations_chunk_id_fkey';
            columns: ['chunk_id'];
            isOneToOne: false;
            referencedRelation: 'document_chunks';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'citations_document_id_fkey';
            columns: ['document_id'];
            isOneToOne: false;
            referencedRelation: 'course_documents';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'citations_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'citations_lesson_id_fkey';
            columns: ['lesson_id'];
            isOneToOne: false;
            referencedRelation: 'lessons';
            referencedColumns: ['id'];
          },
        ];
      };
      course_documents: {
        Row: {
          course_id: string;
          created_at: string;
          error: string | null;
          id: string;
          name: string;
          path: string;
          size_bytes: number;
          status: Database['public']['Enums']['document_status'];
          type: Database['public']['Enums']['document_type'];
          unread: Json | null;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          course_id: string;
          created_at?: string;
          error?: string | null;
          id?: string;
          name: string;
          path: string;
          size_bytes: number;
          status?: Database['public']['Enums']['document_status'];
          type: Database['public']['Enums']['document_type'];
          unread?: Json | null;
          user_id?: string;
        };
        Update: {
          course_id?: string;
          created_at?: string;
          error?: string | null;
          id?: string;
          name?: string;
          path?: string;
          size_bytes?: number;
          status?: Database['public']['Enums']['document_status'];
          type?: Database['public']['Enums']['document_type'];
          unread?: Json | null;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'course_documents_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'course_documents_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      course_shares: {
        Row: {
          course_id: string;
          created_at: string;
          token: string;
        };
        ComputedFields: never;
        Insert: {
          course_id: string;
          created_at?: string;
          token: string;
        };
        Update: {
          course_id?: string;
          created_at?: string;
          token?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'course_shares_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: true;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'course_shares_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: true;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      courses: {
        Row: {
          content_strategy: Database['public']['Enums']['content_strategy'];
          course_description: string;
          created_at: string;
          deleted_at: string | null;
          difficulty: Database['public']['Enums']['difficulty'];
          error_details: Json | null;
          error_message: string | null;
          estimated_lessons: number | null;
          estimated_sections: number | null;
          generation_completed_at: string | null;
          generation_id: string | null;
          generation_progress: Json | null;
          generation_started_at: string | null;
          generation_status: Database['public']['Enums']['generation_status'] | null;
          id: string;
          language: Database['public']['Enums']['course_language'];
          last_progress_update: string | null;
          learning_outcomes: string[];
          lesson_duration_minutes: number;
          organization_id: string | null;
          output_formats: string[];
          prerequisites: string;
          purge_at: string | null;
          slug: string;
          status: Database['public']['Enums']['course_status'];
          style: Database['public']['Enums']['course_style'];
          target_audience: string;
          title: string;
          updated_at: string;
          user_id: string;
          webhook_url: string | null;
        };
        ComputedFields: never;
        Insert: {
          content_strategy?: Database['public']['Enums']['content_strategy'];
          course_description?: string;
          created_at?: string;
          deleted_at?: string | null;
          difficulty?: Database['public']['Enums']['difficulty'];
          error_details?: Json | null;
          error_message?: string | null;
          estimated_lessons?: number | null;
          estimated_sections?: number | null;
          generation_completed_at?: string | null;
          generation_id?: string | null;
          generation_progress?: Json | null;
          generation_started_at?: string | null;
          generation_status?: Database['public']['Enums']['generation_status'] | null;
          id?: string;
          language?: Database['public']['Enums']['course_language'];
          last_progress_update?: string | null;
          learning_outcomes?: string[];
          lesson_duration_minutes?: number;
          organization_id?: string | null;
          output_formats?: string[];
          prerequisites?: string;
          purge_at?: string | null;
          slug?: string;
          status?: Database['public']['Enums']['course_status'];
          style?: Database['public']['Enums']['course_style'];
          target_audience?: string;
          title: string;
          updated_at?: string;
          user_id?: string;
          webhook_url?: string | null;
        };
        Update: {
          content_strategy?: Database['public']['Enums']['content_strategy'];
          course_description?: string;
          created_at?: string;
          deleted_at?: string | null;
          difficulty?: Database['public']['Enums']['difficulty'];
          error_details?: Json | null;
          error_message?: string | null;
          estimated_lessons?: number | null;
          estimated_sections?: number | null;
          generation_completed_at?: string | null;
          generation_id?: string | null;
          generation_progress?: Json | null;
          generation_started_at?: string | null;
          generation_status?: Database['public']['Enums']['generation_status'] | null;
          id?: string;
          language?: Database['public']['Enums']['course_language'];
          last_progress_update?: string | null;
          learning_outcomes?: string[];
          lesson_duration_minutes?: number;
          organization_id?: string | null;
          output_formats?: string[];
          prerequisites?: string;
          purge_at?: string | null;
          slug?: string;
          status?: Database['public']['Enums']['course_status'];
          style?: Database['public']['Enums']['course_style'];
          target_audience?: string;
          title?: string;
          updated_at?: string;
          user_id?: string;
          webhook_url?: string | null;
        };
        Relationships: [];
      };
      document_chunks: {
        Row: {
          char_end: number;
          char_start: number;
          content: string;
          course_id: string;
          document_id: string;
          heading_path: string[];
          id: string;
          language: string;
          page: number | null;
          position: number;
          search: unknown;
        };
        ComputedFields: never;
        Insert: {
          char_end: number;
          char_start: number;
          content: string;
          course_id: string;
          document_id: string;
          heading_path?: string[];
          id?: string;
          language: string;
          page?: number | null;
          position: number;
          search: unknown;
        };
        Update: {
          char_end?: number;
          char_start?: number;
          content?: string;
          course_id?: string;
          document_id?: string;
          heading_path?: string[];
          id?: string;
          language?: string;
          page?: number | null;
          position?: number;
          search?: unknown;
        };
        Relationships: [
          {
            foreignKeyName: 'document_chunks_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'document_chunks_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'document_chunks_document_id_fkey';
            columns: ['document_id'];
            isOneToOne: false;
            referencedRelation: 'course_documents';
            referencedColumns: ['id'];
          },
        ];
      };
      document_uploads: {
        Row: {
          admitted_until: string;
          path: string;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          admitted_until: string;
          path: string;
          user_id: string;
        };
        Update: {
          admitted_until?: string;
          path?: string;
          user_id?: string;
        };
        Relationships: [];
      };
      generation_incidents: {
        Row: {
          attempt: number;
          created_at: string;
          generation_id: string;
          id: number;
          kind: string;
          stage: string;
        };
        ComputedFields: never;
        Insert: {
          attempt: number;
          created_at?: string;
          generation_id: string;
          id?: never;
          kind: string;
          stage: string;
        };
        Update: {
          attempt?: number;
          created_at?: string;
          generation_id?: string;
          id?: never;
          kind?: string;
          stage?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'generation_incidents_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
        ];
      };
      generations: {
        Row: {
          analysis: Json | null;
          base_generation_id: string | null;
          brief: NonNullable<Json>;
          course_id: string;
          course_report: Json | null;
          created_at: string;
          documents_report: Json | null;
          error: string | null;
          error_details: Json | null;
          finished_at: string | null;
          glossary: Json | null;
          has_documents: boolean;
          id: string;
          instruction: string | null;
          joined_at: string | null;
          last_progress_at: string;
          model: string | null;
          outlined_at: string | null;
          overview: string | null;
          previous: Json | null;
          request_id: string | null;
          rewritten_lineage_id: string | null;
          started_at: string;
          status: Database['public']['Enums']['generation_status'];
          tier: Database['public']['Enums']['tier'];
          undone_at: string | null;
          user_id: string;
          webhook_url: string | null;
          weight: number;
        };
        ComputedFields: never;
        Insert: {
          analysis?: Json | null;
          base_generation_id?: string | null;
          brief: NonNullable<Json>;
          course_id: string;
          course_report?: Json | null;
          created_at?: string;
          documents_report?: Json | null;
          error?: string | null;
          error_details?: Json | null;
          finished_at?: string | null;
          glossary?: Json | null;
          has_documents?: boolean;
          id: string;
          instruction?: string | null;
          joined_at?: string | null;
          last_progress_at?: string;
          model?: string | null;
          outlined_at?: string | null;
          overview?: string | null;
          previous?: Json | null;
          request_id?: string | null;
          rewritten_lineage_id?: string | null;
          started_at?: string;
          status?: Database['public']['Enums']['generation_status'];
          tier: Database['public']['Enums']['tier'];
          undone_at?: string | null;
          user_id: string;
          webhook_url?: string | null;
          weight: number;
        };
        Update: {
          analysis?: Json | null;
          base_generation_id?: string | null;
          brief?: NonNullable<Json>;
          course_id?: string;
          course_report?: Json | null;
          created_at?: string;
          documents_report?: Json | null;
          error?: string | null;
          error_details?: Json | null;
          finished_at?: string | null;
          glossary?: Json | null;
          has_documents?: boolean;
          id?: string;
          instruction?: string | null;
          joined_at?: string | null;
          last_progress_at?: string;
          model?: string | null;
          outlined_at?: string | null;
          overview?: string | null;
          previous?: Json | null;
          request_id?: string | null;
          rewritten_lineage_id?: string | null;
          started_at?: string;
          status?: Database['public']['Enums']['generation_status'];
          tier?: Database['public']['Enums']['tier'];
          undone_at?: string | null;
          user_id?: string;
          webhook_url?: string | null;
          weight?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'generations_base_generation_id_fkey';
            columns: ['base_generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'generations_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'generations_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      lesson_progress: {
        Row: {
          course_id: string;
          lineage_id: string;
          quiz_at: string | null;
          quiz_best: number | null;
          quiz_last: number | null;
          quiz_total: number | null;
          read_at: string | null;
          user_id: string;
        };
        ComputedFields: never;
        Insert: {
          course_id: string;
          lineage_id: string;
          quiz_at?: string | null;
          quiz_best?: number | null;
          quiz_last?: number | null;
          quiz_total?: number | null;
          read_at?: string | null;
          user_id: string;
        };
        Update: {
          course_id?: string;
          lineage_id?: string;
          quiz_at?: string | null;
          quiz_best?: number | null;
          quiz_last?: number | null;
          quiz_total?: number | null;
          read_at?: string | null;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'lesson_progress_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_progress_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      lesson_revisions: {
        Row: {
          citations: NonNullable<Json>;
          content: string;
          course_id: string;
          created_at: string;
          id: string;
          instruction: string | null;
          key_points: string[];
          lineage_id: string;
          notice: string | null;
          origin: string;
          quiz: NonNullable<Json>;
          title: string;
          version: number;
          written_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          citations: NonNullable<Json>;
          content: string;
          course_id: string;
          created_at?: string;
          id?: string;
          instruction?: string | null;
          key_points: string[];
          lineage_id: string;
          notice?: string | null;
          origin: string;
          quiz: NonNullable<Json>;
          title: string;
          version: number;
          written_at?: string | null;
        };
        Update: {
          citations?: NonNullable<Json>;
          content?: string;
          course_id?: string;
          created_at?: string;
          id?: string;
          instruction?: string | null;
          key_points?: string[];
          lineage_id?: string;
          notice?: string | null;
          origin?: string;
          quiz?: NonNullable<Json>;
          title?: string;
          version?: number;
          written_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'lesson_revisions_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lesson_revisions_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      lessons: {
        Row: {
          chunk_ids: string[];
          completed_at: string | null;
          content: string | null;
          course_id: string;
          duration_minutes: number;
          edited_at: string | null;
          error: string | null;
          generation_id: string;
          id: string;
          instruction: string | null;
          key_points: string[];
          key_topics: string[];
          lineage_id: string;
          notice: string | null;
          objectives: string[];
          origin: string;
          position: number;
          section_id: string;
          status: Database['public']['Enums']['lesson_status'];
          title: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          chunk_ids?: string[];
          completed_at?: string | null;
          content?: string | null;
          course_id: string;
          duration_minutes: number;
          edited_at?: string | null;
          error?: string | null;
          generation_id: string;
          id?: string;
          instruction?: string | null;
          key_points?: string[];
          key_topics?: string[];
          lineage_id: string;
          notice?: string | null;
          objectives?: string[];
          origin?: string;
          position: number;
          section_id: string;
          status?: Database['public']['Enums']['lesson_status'];
          title: string;
          version?: number;
        };
        Update: {
          chunk_ids?: string[];
          completed_at?: string | null;
          content?: string | null;
          course_id?: string;
          duration_minutes?: number;
          edited_at?: string | null;
          error?: string | null;
          generation_id?: string;
          id?: string;
          instruction?: string | null;
          key_points?: string[];
          key_topics?: string[];
          lineage_id?: string;
          notice?: string | null;
          objectives?: string[];
          origin?: string;
          position?: number;
          section_id?: string;
          status?: Database['public']['Enums']['lesson_status'];
          title?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'lessons_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lessons_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lessons_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lessons_section_id_fkey';
            columns: ['section_id'];
            isOneToOne: false;
            referencedRelation: 'sections';
            referencedColumns: ['id'];
          },
        ];
      };
      model_usage: {
        Row: {
          call: string;
          cost: number | null;
          created_at: string;
          estimated: boolean;
          generation_id: string;
          id: number;
          input_tokens: number;
          lesson_id: string | null;
          model: string;
          output_tokens: number;
        };
        ComputedFields: never;
        Insert: {
          call: string;
          cost?: number | null;
          created_at?: string;
          estimated?: boolean;
          generation_id: string;
          id?: never;
          input_tokens: number;
          lesson_id?: string | null;
          model: string;
          output_tokens: number;
        };
        Update: {
          call?: string;
          cost?: number | null;
          created_at?: string;
          estimated?: boolean;
          generation_id?: string;
          id?: never;
          input_tokens?: number;
          lesson_id?: string | null;
          model?: string;
          output_tokens?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'model_usage_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'model_usage_lesson_id_fkey';
            columns: ['lesson_id'];
            isOneToOne: false;
            referencedRelation: 'lessons';
            referencedColumns: ['id'];
          },
        ];
      };
      quiz_questions: {
        Row: {
          answer: NonNullable<Json>;
          explanation: string;
          generation_id: string;
          id: string;
          kind: Database['public']['Enums']['question_kind'];
          lesson_id: string;
          options: NonNullable<Json>;
          position: number;
          prompt: string;
        };
        ComputedFields: never;
        Insert: {
          answer: NonNullable<Json>;
          explanation?: string;
          generation_id: string;
          id?: string;
          kind: Database['public']['Enums']['question_kind'];
          lesson_id: string;
          options?: NonNullable<Json>;
          position: number;
          prompt: string;
        };
        Update: {
          answer?: NonNullable<Json>;
          explanation?: string;
          generation_id?: string;
          id?: string;
          kind?: Database['public']['Enums']['question_kind'];
          lesson_id?: string;
          options?: NonNullable<Json>;
          position?: number;
          prompt?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'quiz_questions_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'quiz_questions_lesson_id_fkey';
            columns: ['lesson_id'];
            isOneToOne: false;
            referencedRelation: 'lessons';
            referencedColumns: ['id'];
          },
        ];
      };
      sections: {
        Row: {
          course_id: string;
          generation_id: string;
          id: string;
          position: number;
          summary: string;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          course_id: string;
          generation_id: string;
          id?: string;
          position: number;
          summary?: string;
          title: string;
        };
        Update: {
          course_id?: string;
          generation_id?: string;
          id?: string;
          position?: number;
          summary?: string;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'sections_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sections_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'sections_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
        ];
      };
      settings: {
        Row: {
          key: string;
          updated_at: string;
          value: NonNullable<Json>;
        };
        ComputedFields: never;
        Insert: {
          key: string;
          updated_at?: string;
          value: NonNullable<Json>;
        };
        Update: {
          key?: string;
          updated_at?: string;
          value?: NonNullable<Json>;
        };
        Relationships: [];
      };
      system_metrics: {
        Row: {
          course_id: string | null;
          event_type: Database['public']['Enums']['metric_event'];
          id: string;
          job_id: string | null;
          metadata: NonNullable<Json>;
          severity: Database['public']['Enums']['severity'];
          timestamp: string;
          user_id: string | null;
        };
        ComputedFields: never;
        Insert: {
          course_id?: string | null;
          event_type: Database['public']['Enums']['metric_event'];
          id?: string;
          job_id?: string | null;
          metadata?: NonNullable<Json>;
          severity: Database['public']['Enums']['severity'];
          timestamp?: string;
          user_id?: string | null;
        };
        Update: {
          course_id?: string | null;
          event_type?: Database['public']['Enums']['metric_event'];
          id?: string;
          job_id?: string | null;
          metadata?: NonNullable<Json>;
          severity?: Database['public']['Enums']['severity'];
          timestamp?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'system_metrics_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'system_metrics_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
        ];
      };
      tier_policies: {
        Row: {
          concurrent_generations: number;
          document_types: Database['public']['Enums']['document_type'][];
          documents_per_course: number;
          max_file_size_bytes: number;
          tier: Database['public']['Enums']['tier'];
          weight: number;
        };
        ComputedFields: never;
        Insert: {
          concurrent_generations: number;
          document_types: Database['public']['Enums']['document_type'][];
          documents_per_course: number;
          max_file_size_bytes: number;
          tier: Database['public']['Enums']['tier'];
          weight: number;
        };
        Update: {
          concurrent_generations?: number;
          document_types?: Database['public']['Enums']['document_type'][];
          documents_per_course?: number;
          max_file_size_bytes?: number;
          tier?: Database['public']['Enums']['tier'];
          weight?: number;
        };
        Relationships: [];
      };
      user_profiles: {
        Row: {
          created_at: string;
          display_name: string | null;
          id: string;
          locale: string;
          role: Database['public']['Enums']['user_role'];
          tier: Database['public']['Enums']['tier'];
          updated_at: string;
        };
        ComputedFields: never;
        Insert: {
          created_at?: string;
          display_name?: string | null;
          id: string;
          locale?: string;
          role?: Database['public']['Enums']['user_role'];
          tier?: Database['public']['Enums']['tier'];
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          display_name?: string | null;
          id?: string;
          locale?: string;
          role?: Database['public']['Enums']['user_role'];
          tier?: Database['public']['Enums']['tier'];
          updated_at?: string;
        };
        Relationships: [];
      };
      webhook_deliveries: {
        Row: {
          attempts: number;
          course_id: string;
          created_at: string;
          delivered_at: string | null;
          generation_id: string;
          id: number;
          last_error: string | null;
          next_attempt_at: string | null;
          payload: NonNullable<Json>;
          url: string;
        };
        ComputedFields: never;
        Insert: {
          attempts?: number;
          course_id: string;
          created_at?: string;
          delivered_at?: string | null;
          generation_id: string;
          id?: never;
          last_error?: string | null;
          next_attempt_at?: string | null;
          payload: NonNullable<Json>;
          url: string;
        };
        Update: {
          attempts?: number;
          course_id?: string;
          created_at?: string;
          delivered_at?: string | null;
          generation_id?: string;
          id?: never;
          last_error?: string | null;
          next_attempt_at?: string | null;
          payload?: NonNullable<Json>;
          url?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'webhook_deliveries_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'admissions';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_deliveries_course_id_fkey';
            columns: ['course_id'];
            isOneToOne: false;
            referencedRelation: 'courses';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'webhook_deliveries_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Views: {
      admissions: {
        Row: {
          content_strategy: Database['public']['Enums']['content_strategy'];
          course_description: string;
          difficulty: Database['public']['Enums']['difficulty'];
          estimated_lessons: number | null;
          estimated_sections: number | null;
          generation_id: string | null;
          generation_progress: Json | null;
          generation_status: Database['public']['Enums']['generation_status'] | null;
          global_in_flight: number | null;
          global_limit: Json | null;
          id: string;
          in_flight_id: string | null;
          language: Database['public']['Enums']['course_language'];
          learning_outcomes: string[];
          lesson_duration_minutes: number;
          organization_id: string | null;
          output_formats: string[];
          prerequisites: string;
          slug: string;
          style: Database['public']['Enums']['course_style'];
          target_audience: string;
          tier: Database['public']['Enums']['tier'] | null;
          title: string;
          user_id: string;
          user_in_flight: number | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      generation_usage: {
        Row: {
          cost: number | null;
          generation_id: string;
          has_whole_cost: boolean | null;
          input_tokens: number | null;
          is_estimated: boolean | null;
          lesson_id: string | null;
          lesson_position: number | null;
          model: string | null;
          output_tokens: number | null;
          requests: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'model_usage_generation_id_fkey';
            columns: ['generation_id'];
            isOneToOne: false;
            referencedRelation: 'generations';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'model_usage_lesson_id_fkey';
            columns: ['lesson_id'];
            isOneToOne: false;
            referencedRelation: 'lessons';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Functions: {
      admin_count_events: {
        Args: {
          p_actor: string;
          p_from: string;
          p_severity: Database['public']['Enums']['severity'];
          p_type: Database['public']['Enums']['metric_event'];
          p_unit: string;
        };
        Returns: Json;
      };
      admin_list_events: {
        Args: {
          p_actor: string;
          p_before: string;
          p_before_id: string;
          p_from: string;
          p_limit: number;
          p_severity: Database['public']['Enums']['severity'];
          p_type: Database['public']['Enums']['metric_event'];
        };
        Returns: Json;
      };
      admin_list_generations: {
        Args: {
          p_actor: string;
          p_before: string;
          p_before_id: string;
          p_from: string;
          p_limit: number;
          p_search: string;
          p_status: string;
          p_tier: Database['public']['Enums']['tier'];
          p_to: string;
        };
        Returns: Json;
      };
      admin_list_users: {
        Args: {
          p_actor: string;
          p_before: string;
          p_before_id: string;
          p_limit: number;
          p_role: Database['public']['Enums']['user_role'];
          p_search: string;
          p_tier: Database['public']['Enums']['tier'];
        };
        Returns: Json;
      };
      admin_load_generation: { Args: { p_actor: string; p_generation_id: string }; Returns: Json };
      admin_name_users: { Args: { p_actor: string; p_user_ids: string[] }; Returns: Json };
      admin_note_cancel: { Args: { p_actor: string; p_generation_id: string; p_status: string }; Returns: boolean };
      admin_overview: { Args: { p_actor: string }; Returns: Json };
      admin_set_global_limit: { Args: { p_actor: string; p_limit: number }; Returns: string };
      admin_set_role: {
        Args: { p_actor: string; p_role: Database['public']['Enums']['user_role']; p_user_id: string };
        Returns: string;
      };
      admin_set_tier: {
        Args: { p_actor: string; p_tier: Database['public']['Enums']['tier']; p_user_id: string };
        Returns: string;
      };
      admit_upload: { Args: { p_course_id: string; p_path: string; p_user_id: string }; Returns: string };
      cancel_generation: { Args: { p_course_id: string; p_generation_id: string }; Returns: Json };
      claim_webhook_deliveries: { Args: { p_lease_seconds: number; p_limit: number }; Returns: Json };
      edit_lesson: {
        Args: {
          p_content: string;
          p_expected_version: number;
          p_lesson_id: string;
          p_title: string;
          p_user_id: string;
        };
        Returns: Json;
      };
      erase_course: { Args: { p_course_id: string; p_user_id: string }; Returns: boolean };
      fail_lesson: { Args: { p_error: string; p_generation_id: string; p_lesson_id: string }; Returns: Json };
      finish_webhook_delivery: {
        Args: { p_error: string; p_id: number; p_ok: boolean; p_retry?: boolean };
        Returns: Json;
      };
      is_shown_lesson: { Args: { p_course_id: string; p_lesson_id: string }; Returns: boolean };
      join_generation: { Args: { p_generation_id: string }; Returns: boolean };
      list_headings: { Args: { p_course_id: string }; Returns: Json };
      list_in_flight: { Args: Record<PropertyKey, never>; Returns: Json };
      list_lesson_errors: { Args: { p_generation_id: string }; Returns: Json };
      list_lesson_revisions: { Args: { p_lesson_id: string; p_user_id: string }; Returns: Json };
      list_purgeable: { Args: { p_limit: number }; Returns: Json };
      list_reading: { Args: { p_user_id: string }; Returns: Json };
      list_stray_files: { Args: { p_limit: number }; Returns: Json };
      list_trash: { Args: { p_limit: number; p_offset: number; p_user_id: string }; Returns: Json };
      list_unembedded: { Args: { p_course_id: string; p_limit: number; p_model: string }; Returns: Json };
      load_activity: { Args: { p_course_id: string }; Returns: Json };
      load_admission: { Args: { p_course_id: string }; Returns: Json };
      load_course_pace: { Args: Record<PropertyKey, never>; Returns: Json };
      load_finished_work: { Args: { p_generation_id: string }; Returns: Json };
      load_generation: { Args: { p_generation_id: string }; Returns: Json };
      load_generation_pace: { Args: Record<PropertyKey, never>; Returns: Json };
      load_lesson_input: { Args: { p_lesson_id: string }; Returns: Json };
      load_lesson_revision: { Args: { p_revision_id: string; p_user_id: string }; Returns: Json };
      load_model_usage: { Args: { p_generation_id: string }; Returns: Json };
      load_reading: { Args: { p_course_id: string; p_user_id: string }; Returns: Json };
      load_work: { Args: { p_generation_id: string }; Returns: Json };
      record_incident: {
        Args: { p_attempt: number; p_generation_id: string; p_kind: string; p_stage: string };
        Returns: boolean;
      };
      record_model_usage: { Args: { p_generation_id: string; p_lesson_id: string; p_usage: Json }; Returns: Json };
      record_quiz_result: {
        Args: { p_lesson_id: string; p_right: number; p_total: number; p_user_id: string };
        Returns: Json;
      };
      replace_chunks: { Args: { p_chunks: Json; p_document_id: string; p_language: string }; Returns: Json };
      restore_course: { Args: { p_course_id: string; p_user_id: string }; Returns: boolean };
      restore_lesson_revision: {
        Args: { p_expected_version: number; p_lesson_id: string; p_revision_id: string; p_user_id: string };
        Returns: Json;
      };
      save_analysis: { Args: { p_analysis: Json; p_generation_id: string }; Returns: Json };
      save_course_report: { Args: { p_generation_id: string; p_report: Json }; Returns: Json };
      save_documents: { Args: { p_generation_id: string; p_report: Json }; Returns: Json };
      save_embeddings: { Args: { p_course_id: string; p_model: string; p_vectors: Json }; Returns: Json };
      save_lesson: { Args: { p_content: Json; p_generation_id: string; p_lesson_id: string }; Returns: Json };
      save_outline: { Args: { p_generation_id: string; p_outline: Json }; Returns: Json };
      save_summary: { Args: { p_generation_id: string; p_summary: Json }; Returns: Json };
      search_chunks: {
        Args: { p_course_id: string; p_limit: number; p_model?: string; p_query: string; p_vector?: Json };
        Returns: Json;
      };
      set_lesson_read: { Args: { p_is_read: boolean; p_lesson_id: string; p_user_id: string }; Returns: boolean };
      share_course: { Args: { p_course_id: string; p_user_id: string }; Returns: string };
      trash_course: { Args: { p_cancel: boolean; p_course_id: string; p_user_id: string }; Returns: Json };
      undo_admission: {
        Args: {
          p_course_id: string;
          p_generation_id: string;
          p_reason: string;
          p_unless_recorded?: boolean;
          p_user_id: string;
        };
        Returns: Json;
      };
      update_course_progress: {
        Args: {
          p_course_id: string;
          p_error_details?: Json;
          p_error_message?: string;
          p_message: string;
          p_metadata?: Json;
          p_status: string;
          p_step_id: number;
        };
        Returns: Json;
      };
      withdraw_share: { Args: { p_course_id: string; p_user_id: string }; Returns: boolean };
      withdraw_upload: { Args: { p_path: string; p_user_id: string }; Returns: boolean };
    };
    Enums: {
      content_strategy: 'auto' | 'create_from_scratch' | 'expand_and_enhance' | 'optimize_existing';
      course_language:
        | 'ru'
        | 'en'
        | 'zh'
        | 'es'
        | 'fr'
        | 'de'
        | 'ja'
        | 'ko'
        | 'ar'
        | 'pt'
        | 'it'
        | 'tr'
        | 'vi'
        | 'th'
        | 'id'
        | 'ms'
        | 'hi'
        | 'bn'
        | 'pl';
      course_status: 'draft' | 'published' | 'archived';
      course_style:
        | 'conversational'
        | 'academic'
        | 'storytelling'
        | 'practical'
        | 'motivational'
        | 'visual'
        | 'gamified'
        | 'minimalist'
        | 'research'
        | 'engaging'
        | 'professional'
        | 'socratic'
        | 'problem_based'
        | 'collaborative'
        | 'technical'
        | 'microlearning'
        | 'inspirational'
        | 'interactive'
        | 'analytical';
      difficulty: 'beginner' | 'intermediate' | 'advanced';
      document_status: 'uploaded' | 'processed' | 'failed';
      document_type: 'pdf' | 'docx' | 'pptx' | 'html' | 'txt' | 'md';
      generation_status:
        | 'initializing'
        | 'processing_documents'
        | 'analyzing_task'
        | 'generating_structure'
        | 'generating_content'
        | 'finalizing'
        | 'completed'
        | 'failed'
        | 'cancelled';
      lesson_status: 'pending' | 'completed' | 'failed';
      metric_event:
        | 'job_rollback'
        | 'orphaned_job_recovery'
        | 'concurrency_limit_hit'
        | 'worker_timeout'
        | 'rpc_retry_exhausted'
        | 'duplicate_job_detected';
      question_kind: 'single' | 'multiple' | 'true_false' | 'short';
      severity: 'info' | 'warn' | 'error' | 'fatal';
      tier: 'FREE' | 'BASIC' | 'STANDARD' | 'TRIAL' | 'PREMIUM';
      user_role: 'user' | 'admin';
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    | keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    | keyof DefaultSchema['CompositeTypes']
    | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {
      content_strategy: ['auto', 'create_from_scratch', 'expand_and_enhance', 'optimize_existing'],
      course_language: [
        'ru',
        'en',
        'zh',
        'es',
        'fr',
        'de',
        'ja',
        'ko',
        'ar',
        'pt',
        'it',
        'tr',
        'vi',
        'th',
        'id',
        'ms',
        'hi',
        'bn',
        'pl',
      ],
      course_status: ['draft', 'published', 'archived'],
      course_style: [
        'conversational',
        'academic',
        'storytelling',
        'practical',
        'motivational',
        'visual',
        'gamified',
        'minimalist',
        'research',
        'engaging',
        'professional',
        'socratic',
        'problem_based',
        'collaborative',
        'technical',
        'microlearning',
        'inspirational',
        'interactive',
        'analytical',
      ],
      difficulty: ['beginner', 'intermediate', 'advanced'],
      document_status: ['uploaded', 'processed', 'failed'],
      document_type: ['pdf', 'docx', 'pptx', 'html', 'txt', 'md'],
      generation_status: [
        'initializing',
        'processing_documents',
        'analyzing_task',
        'generating_structure',
        'generating_content',
        'finalizing',
        'completed',
        'failed',
        'cancelled',
      ],
      lesson_status: ['pending', 'completed', 'failed'],
      metric_event: [
        'job_rollback',
        'orphaned_job_recovery',
        'concurrency_limit_hit',
        'worker_timeout',
        'rpc_retry_exhausted',
        'duplicate_job_detected',
      ],
      question_kind: ['single', 'multiple', 'true_false', 'short'],
      severity: ['info', 'warn', 'error', 'fatal'],
      tier: ['FREE', 'BASIC', 'STANDARD', 'TRIAL', 'PREMIUM'],
      user_role: ['user', 'admin'],
    },
  },
} as const;
