import { unknownPath } from '@/http/endpoints/unknown-path.ts';
import { route } from '@/http/route.ts';

const answer = route(unknownPath);

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as PATCH, answer as POST, answer as PUT };
